"""A plan as one offline HTML page: a map and a timeline."""

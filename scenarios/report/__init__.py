"""One offline HTML page that shows what happened in a run."""

"""What the offline HTML pages share: their looks, their scripts, and the rules by which text comes into them."""

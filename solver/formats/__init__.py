"""Problems and plans in a form of their own, and in other programs' formats."""

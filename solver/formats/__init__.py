"""Problems and plans in other programs' formats."""

"""An answer from the documents' own words, each statement with its exact place."""

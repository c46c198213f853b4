"""From files to what they say, each thing with its place in the source."""

"""The pages of the browser interface: each lays out its components and returns them."""

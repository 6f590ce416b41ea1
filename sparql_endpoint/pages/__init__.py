"""Pages that know what the data is about, through their own queries."""

"""One declarative rule for each MARC field, by blocks of tags, and the projection that the rules write into."""

"""What changed from one version of the data to another: patches, a summary, activities; and patches applied."""

"""What programs compute with: elements in bytes, resources, and how users write and read both."""

"""Pictures in the formats that others read: SVG, DOT, PNG, Model Explorer's JSON."""

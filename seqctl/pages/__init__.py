"""Reports as files: pages of HTML with pictures, workbooks, JSON and CSV."""

"""Payment references of numbers: computed, claimed by an issue, kept where nothing proves them different."""

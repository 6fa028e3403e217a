-- Under which UIDVALIDITYs some mails of a folder are known already, where following new UIDs was interrupted: numbers with commas between.
ALTER TABLE folder ADD COLUMN begun TEXT NOT NULL DEFAULT '';

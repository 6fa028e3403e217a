package ekiden.agent;

import ekiden.model.mail.UidSet;

/**
 * What is in a folder.
 *
 * @param folder the folder
 * @param uidValidity under which the UIDs hold
 * @param all the mails in it
 * @param unread those that nobody has read
 */
public record FolderSeen(String folder, long uidValidity, UidSet all, UidSet unread) {}

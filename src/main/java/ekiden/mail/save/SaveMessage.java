package ekiden.mail.save;

import ekiden.base.ExitCode;
import ekiden.base.MessageId;

/** What can go wrong with saving. */
public enum SaveMessage implements MessageId {
    /** {@code folder}. */
    DISK_FULL("EKDM0300-E", Kind.RETRYABLE, ExitCode.SETTINGS),
    /** {@code folder}, {@code reason}. */
    NOT_SAVED("EKDM0301-E", Kind.RETRYABLE, ExitCode.SETTINGS),
    /** {@code folder}, {@code name}, {@code limit}. */
    TOO_MANY_OF_ONE_NAME("EKDM0302-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** A piece of the path is longer than the file system takes: {@code folder}. */
    NAME_TOO_LONG("EKDM0304-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** The folder is there already, and the job wants none of that name: {@code folder}. */
    COLLISION("EKDM0280-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** What stands where the mail's folder is to be is not Ekiden's: {@code folder}, {@code name}. */
    NOT_OURS("EKDM0281-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** Owner, group or mode cannot be set: {@code folder}, {@code what}, {@code reason}. */
    ACCESS("EKDM0282-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** The virus scanner found something in an attachment, which was not saved: {@code found}. */
    INFECTED("EKDM0291-W", Kind.INFORMATION, ExitCode.WARNING),
    /** The virus scanner found something, and the job wants no such mail: {@code found}. */
    INFECTED_MAIL("EKDM0292-E", Kind.PERMANENT, ExitCode.BAD_MAIL),
    /** The virus scanner does not answer: {@code scanner}, {@code reason}. */
    SCANNER_AWAY("EKDM0293-E", Kind.RETRYABLE, ExitCode.NOT_REACHABLE),
    /** An attachment was saved without having been looked at: {@code scanner}, {@code reason}. */
    NOT_SCANNED("EKDM0294-W", Kind.INFORMATION, ExitCode.WARNING),
    /** An attachment is larger than the scanner takes, and was not saved. */
    TOO_LARGE_TO_SCAN("EKDM0295-W", Kind.INFORMATION, ExitCode.WARNING),
    /** The filter failed: {@code program}, {@code reason}. */
    FILTER_FAILED("EKDM0296-E", Kind.PERMANENT, ExitCode.SETTINGS),
    /** The filter failed, and the attachment stays as it came: {@code program}, {@code reason}. */
    FILTER_KEPT("EKDM0297-W", Kind.INFORMATION, ExitCode.WARNING),
    /** The filter took an attachment out. */
    FILTERED_OUT("EKDM0298-W", Kind.INFORMATION, ExitCode.WARNING),
    /** The filter changed an attachment. */
    FILTERED("EKDM0299-I", Kind.INFORMATION, ExitCode.DONE),
    /** Another program took an attachment away after it was saved. */
    TAKEN_AWAY("EKDM0305-W", Kind.INFORMATION, ExitCode.WARNING),
    /** Another program changed an attachment after it was saved. */
    CHANGED("EKDM0306-W", Kind.INFORMATION, ExitCode.WARNING),
    /** Attachments of a mail are not as they were saved: {@code folder}, {@code count}. */
    NOT_AS_SAVED("EKDM0307-W", Kind.INFORMATION, ExitCode.WARNING),
    /** Less room than there should be: {@code folder}, {@code free}, {@code limit}. */
    SPACE_LOW("EKDM0308-W", Kind.INFORMATION, ExitCode.WARNING),
    /** The files that are to be replaced are still needed: {@code folder}, {@code run}. */
    FILES_NEEDED("EKDM0309-W", Kind.RETRYABLE, ExitCode.WARNING),
    /** Attachments pass unseen because the virus scanner does not answer: {@code scanner}, {@code reason}. */
    SCANNER_PASSED("EKDM0312-W", Kind.INFORMATION, ExitCode.WARNING),
    /** {@code template}, {@code what}. */
    TEMPLATE("EKDM0303-E", Kind.PERMANENT, ExitCode.USAGE),
    /** An attachment that stands in the mail by reference only. */
    NOT_IN_THE_MAIL("EKDM0310-W", Kind.INFORMATION, ExitCode.WARNING),
    /** The file system did not take the attachment's name; it was saved under another one. */
    NAME_REPLACED("EKDM0311-I", Kind.INFORMATION, ExitCode.DONE);

    private final String id;
    private final Kind kind;
    private final ExitCode exit;

    SaveMessage(String id, Kind kind, ExitCode exit) {
        this.id = id;
        this.kind = kind;
        this.exit = exit;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    @Override
    public ExitCode exit() {
        return exit;
    }
}

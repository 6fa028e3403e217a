package ekiden.definition;

import ekiden.base.ExitCode;
import ekiden.base.MessageId;

/** What can be wrong with a definition, and with filling its templates. */
public enum DefinitionMessage implements MessageId {
    /** Not YAML. */
    SYNTAX("EKDU0001-E"),
    /** The file or one of its collections is too large. */
    TOO_LARGE("EKDU0002-E"),
    /** Collections lie too deep in one another. */
    TOO_DEEP("EKDU0003-E"),
    /** Anchor, alias, tag or second document. */
    NOT_PLAIN("EKDU0004-E"),
    /** A key stands twice. */
    DUPLICATE_KEY("EKDU0005-E"),
    /** Unknown key. */
    UNKNOWN_KEY("EKDU0006-E"),
    /** Unknown key that is much like a known one. */
    MISSPELT_KEY("EKDU0007-E"),
    /** Another kind of value was expected. */
    WRONG_TYPE("EKDU0008-E"),
    /** A key is missing. */
    MISSING_KEY("EKDU0009-E"),
    /** Not an allowed value. */
    BAD_VALUE("EKDU0010-E"),
    /** More problems than are told. */
    TOO_MANY("EKDU0011-E"),
    /** The file cannot be read: {@code {file}}, {@code {reason}}. */
    UNREADABLE("EKDU0012-E"),
    /** Not the name of a unit. */
    BAD_UNIT_NAME("EKDU0020-E"),
    /** Not the name of a job. */
    BAD_JOB_NAME("EKDU0021-E"),
    /** A jobnet without jobs. */
    NO_JOBS("EKDU0022-E"),
    /** A job without work. */
    NO_WORK("EKDU0023-E"),
    /** A job with more than one work. */
    TWO_WORKS("EKDU0024-E"),
    /** {@code needs} names a job that does not exist. */
    UNKNOWN_NEED("EKDU0025-E"),
    /** {@code needs} go round in a circle. */
    NEEDS_CYCLE("EKDU0026-E"),
    /** No condition at all. */
    NO_CONDITION("EKDU0027-E"),
    /** Both or neither of text and text-file. */
    TEXT_OR_FILE("EKDU0028-E"),
    /** Neither to, cc nor bcc. */
    NO_RECIPIENT("EKDU0029-E"),
    /** Actions after reception that exclude one another. */
    AFTER_CONFLICT("EKDU0030-E"),
    /** A path that leaves its folder. */
    LEAVES_FOLDER("EKDU0031-E"),
    /** A template that is not closed or names nothing. */
    TEMPLATE_SYNTAX("EKDU0032-E"),
    /** A template with a name nobody knows. */
    TEMPLATE_UNKNOWN("EKDU0033-E"),
    /** A template with a value of a job that need not have ended before. */
    TEMPLATE_NOT_BEFORE("EKDU0034-E"),
    /** A list value that is only a part of an argument. */
    TEMPLATE_LIST_INSIDE("EKDU0035-E"),
    /** A value from mail as a program or a place of programs. */
    TEMPLATE_IN_PROGRAM("EKDU0036-E"),
    /** A value from mail inside a shell line. */
    TEMPLATE_IN_SHELL("EKDU0037-E"),
    /** A command written as a shell line. */
    SHELL_LINE("EKDU0038-E"),
    /** Exit code limits in the wrong order. */
    EXIT_CODES("EKDU0039-E"),
    /** {@code on-timeout} without {@code timeout}. */
    ON_TIMEOUT_ALONE("EKDU0040-E"),
    /** A profile that the settings do not have. */
    UNKNOWN_PROFILE("EKDU0041-E"),
    /** A profile that cannot receive, or cannot send. */
    PROFILE_CANNOT("EKDU0042-E"),
    /** Two folders into which the mails of one profile are moved. */
    TWO_TARGETS("EKDU0043-E"),
    /** A name of a unit or job that has too many bytes for a folder. */
    NAME_BYTES("EKDU0044-E"),
    /** A NUL character in a text. */
    NUL("EKDU0045-E"),
    /** A regular expression that does not compile: {@code {found}}, {@code {reason}}. */
    BAD_REGEX("EKDU0046-E"),
    /** An entry of a list of conditions that is not exactly one of text, glob and regex. */
    ENTRY_FORM("EKDU0047-E"),
    /** A template in a glob or regular expression. */
    TEMPLATE_IN_PATTERN("EKDU0048-E"),
    /** An entry of a list of conditions is too long. */
    ENTRY_TOO_LONG("EKDU0049-E"),
    /** A pattern of a name that is not closed or has a value nobody knows. */
    NAME_PATTERN("EKDU0060-E"),
    /** A mail could choose in which folder of the machine it is saved. */
    PLACE_FROM_MAIL("EKDU0061-E"),
    /** A name that no file can have: {@code {found}}, {@code {bytes}}, {@code {expected}}. */
    NAME_TOO_LONG("EKDM0693-E"),
    /** Two of what is saved have one place: {@code {found}}, {@code {other}}. */
    SAME_PLACE("EKDM0694-E"),
    /** A name of what is saved is kept for what is there for a time only. */
    NAME_OURS("EKDM0697-E"),
    /** A proof that the profile cannot give; {@code profile}, {@code found}, {@code expected}. */
    CANNOT_PROVE("EKDM0237-E"),
    /** A mail could choose which file is filled with values. */
    TEMPLATE_OF_MAIL("EKDM0679-E"),
    /** What has the name of a template is none; {@code found}, {@code reason}, {@code limit}. */
    TEMPLATE_UNUSABLE("EKDM0691-E"),
    /** A unit that is not defined; {@code found}, {@code expected}. */
    UNKNOWN_UNIT("EKDM0676-E"),
    /** A value of the run does not exist. */
    VALUE_MISSING("EKDU0050-E"),
    /** A filled template is too long. */
    VALUE_TOO_LONG("EKDU0051-E"),
    /** A condition became empty and would match every mail. */
    CONDITION_EMPTY("EKDU0052-E"),
    /** All conditions of a receive-mail together are too long. */
    CONDITIONS_TOO_LARGE("EKDU0053-E");

    private final String id;

    DefinitionMessage(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Kind kind() {
        return Kind.PERMANENT;
    }

    @Override
    public ExitCode exit() {
        return ExitCode.USAGE;
    }
}

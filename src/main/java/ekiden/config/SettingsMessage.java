package ekiden.config;

import ekiden.base.ExitCode;
import ekiden.base.MessageId;

/** What can be wrong with home, settings and secrets. */
public enum SettingsMessage implements MessageId {
    /** Not YAML. */
    SYNTAX("EKDB0001-E"),
    /** The file or one of its collections is too large. */
    TOO_LARGE("EKDB0002-E"),
    /** Collections lie too deep in one another. */
    TOO_DEEP("EKDB0003-E"),
    /** Anchor, alias, tag or second document. */
    NOT_PLAIN("EKDB0004-E"),
    /** A key stands twice. */
    DUPLICATE_KEY("EKDB0005-E"),
    /** Unknown key. */
    UNKNOWN_KEY("EKDB0006-E"),
    /** Unknown key that is much like a known one. */
    MISSPELT_KEY("EKDB0007-E"),
    /** Another kind of value was expected. */
    WRONG_TYPE("EKDB0008-E"),
    /** A key is missing. */
    MISSING_KEY("EKDB0009-E"),
    /** Not an allowed value. */
    BAD_VALUE("EKDB0010-E"),
    /** More problems than are told. */
    TOO_MANY("EKDB0011-E"),
    /** The settings file is there but cannot be read. */
    UNREADABLE("EKDB0012-E"),
    /** The settings file that was named on the command line is not there. */
    ABSENT("EKDB0013-E"),
    /** The API may listen on this machine only. */
    NOT_LOOPBACK("EKDB0020-E"),
    /** A secret written into the settings. */
    PLAIN_SECRET("EKDB0021-E"),
    /** A password would cross the network unprotected. */
    CLEAR_PASSWORD("EKDB0022-E"),
    /** A profile that neither receives nor sends. */
    EMPTY_PROFILE("EKDB0023-E"),
    /** Two listeners that differ at one address, or one at the address of the API. */
    LISTEN_TWICE("EKDB0024-E"),
    /** A profile that the settings do not have. */
    UNKNOWN_PROFILE("EKDB0026-E"),
    /** A profile that has no sending side. */
    CANNOT_SEND("EKDB0028-E"),
    /** One recipient of one listener in two profiles. */
    RECIPIENT_TWICE("EKDB0029-E"),
    /** A change that a running process takes up only when it is started again. */
    NEEDS_RESTART("EKDB0027-W"),
    /** The home folder cannot be made. */
    HOME_NOT_MADE("EKDB0040-E"),
    /** The home is no folder. */
    HOME_NO_FOLDER("EKDB0041-E"),
    /** Nothing can be written in the home. */
    HOME_NOT_WRITABLE("EKDB0042-E"),
    /** Another process uses the home. */
    HOME_IN_USE("EKDB0043-E"),
    /** The home lies on a network file system. */
    HOME_ON_NETWORK("EKDB0044-E"),
    /** Others may look into the home. */
    HOME_OPEN("EKDB0045-W"),
    /** The home is on a disk, but it cannot be locked. */
    HOME_NOT_LOCKED("EKDB0046-E"),
    /** A secret's file cannot be read. */
    SECRET_FILE("EKDB0060-E"),
    /** A secret's environment variable is not set. */
    SECRET_ENVIRONMENT("EKDB0061-E"),
    /** A secret's command cannot be started, or fails. */
    SECRET_COMMAND("EKDB0062-E"),
    /** A secret's command took too long. */
    SECRET_TIMEOUT("EKDB0063-E"),
    /** A secret is too large. */
    SECRET_TOO_LARGE("EKDB0064-E"),
    /** A secret is empty. */
    SECRET_EMPTY("EKDB0065-E"),
    /** A secret's file can be read by others. */
    SECRET_OPEN("EKDB0066-W");

    private final String id;

    SettingsMessage(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Kind kind() {
        return switch (this) {
            case SECRET_COMMAND, SECRET_TIMEOUT, HOME_IN_USE -> Kind.RETRYABLE;
            case NEEDS_RESTART, HOME_OPEN, SECRET_OPEN -> Kind.INFORMATION;
            case SYNTAX, TOO_LARGE, TOO_DEEP, NOT_PLAIN, DUPLICATE_KEY, UNKNOWN_KEY, MISSPELT_KEY -> Kind.PERMANENT;
            case WRONG_TYPE, MISSING_KEY, BAD_VALUE, TOO_MANY, UNREADABLE, ABSENT, NOT_LOOPBACK -> Kind.PERMANENT;
            case PLAIN_SECRET, CLEAR_PASSWORD, EMPTY_PROFILE, LISTEN_TWICE, RECIPIENT_TWICE -> Kind.PERMANENT;
            case UNKNOWN_PROFILE, CANNOT_SEND -> Kind.PERMANENT;
            case HOME_NOT_MADE, HOME_NO_FOLDER, HOME_NOT_WRITABLE, HOME_ON_NETWORK, HOME_NOT_LOCKED -> Kind.PERMANENT;
            case SECRET_FILE, SECRET_ENVIRONMENT, SECRET_TOO_LARGE, SECRET_EMPTY -> Kind.PERMANENT;
        };
    }

    @Override
    public ExitCode exit() {
        return ExitCode.SETTINGS;
    }
}

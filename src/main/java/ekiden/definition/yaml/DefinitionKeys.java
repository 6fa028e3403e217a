package ekiden.definition.yaml;

import ekiden.yaml.KeySet;
import java.util.List;

/** Every key a definition may have. */
public final class DefinitionKeys {
    /** The whole file. */
    public static final KeySet FILE = KeySet.of("file", "version", "jobnet", "start", "overlap", "jobs");

    /** What starts a run. */
    public static final KeySet START = KeySet.of("start", "receive-mail", "times");

    /** A job, whatever it does. */
    public static final KeySet JOB = KeySet.of(
            "job",
            "needs",
            "receive-mail",
            "command",
            "script",
            "send-mail",
            "environment",
            "folder",
            "exit-codes",
            "timeout",
            "on-timeout");

    /** A job that runs a command. */
    public static final KeySet COMMAND_JOB = KeySet.of(
            "command-job",
            "needs",
            "command",
            "script",
            "environment",
            "folder",
            "exit-codes",
            "timeout",
            "on-timeout");

    /** A job that waits for a mail. */
    public static final KeySet RECEIVE_JOB =
            KeySet.of("receive-mail-job", "needs", "receive-mail", "timeout", "on-timeout");

    /** A job that sends a mail. */
    public static final KeySet SEND_JOB = KeySet.of("send-mail-job", "needs", "send-mail", "timeout", "on-timeout");

    /** What is waited for. */
    public static final KeySet RECEIVE_MAIL = KeySet.of(
            "receive-mail",
            "profile",
            "any",
            "from",
            "to",
            "cc",
            "subject",
            "text",
            "attachment",
            "header",
            "size",
            "has-attachment",
            "authenticated",
            "include",
            "save",
            "after-receive",
            "claim",
            "priority");

    /** An address that is looked for, and how. */
    public static final KeySet ADDRESS_ENTRY =
            KeySet.of("address-entry", "text", "glob", "regex", "in", "case", "width");

    /** A part of a value that is looked for, and how. */
    public static final KeySet VALUE_ENTRY = KeySet.of("value-entry", "text", "glob", "regex", "case", "width");

    /** A part of a text that is looked for, and how. */
    public static final KeySet TEXT_ENTRY =
            KeySet.of("text-entry", "text", "glob", "regex", "in", "case", "width", "line-breaks");

    /** How large a mail may be. */
    public static final KeySet SIZE = KeySet.of("size", "min", "max");

    /** What is saved. */
    public static final KeySet SAVE = KeySet.of(
            "save",
            "to",
            "folder-name",
            "body-name",
            "list-name",
            "mail-name",
            "attachment-name",
            "attachments",
            "reception-list",
            "collision",
            "owner",
            "group",
            "mode",
            "folder-mode",
            "retention",
            "filter",
            "scan",
            "settle");

    /** A program that looks at attachments. */
    public static final KeySet FILTER = KeySet.of("filter", "command", "timeout", "on-failure");

    /** A virus scanner that looks at attachments. */
    public static final KeySet SCAN = KeySet.of("scan", "clamd", "timeout", "on-infected", "on-failure");

    /** When saved files may go. */
    public static final KeySet RETENTION = KeySet.of("retention", "age", "count", "size");

    /** When a command has ended with warning or abnormally. */
    public static final KeySet EXIT_CODES = KeySet.of("exit-codes", "warning-above", "abnormal-above");

    /** What is sent. */
    public static final KeySet SEND_MAIL = KeySet.of(
            "send-mail",
            "profile",
            "from",
            "to",
            "cc",
            "bcc",
            "reply-to",
            "subject",
            "text",
            "text-file",
            "text-template",
            "html",
            "html-file",
            "html-template",
            "signature-file",
            "importance",
            "if-refused",
            "ends-at",
            "on-bounce",
            "attach",
            "attach-list");

    /** All of them that the schema describes. */
    public static final List<KeySet> ALL = List.of(
            FILE,
            START,
            JOB,
            RECEIVE_MAIL,
            ADDRESS_ENTRY,
            VALUE_ENTRY,
            TEXT_ENTRY,
            SIZE,
            SAVE,
            RETENTION,
            FILTER,
            SCAN,
            EXIT_CODES,
            SEND_MAIL);

    private DefinitionKeys() {}
}

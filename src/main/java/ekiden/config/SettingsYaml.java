package ekiden.config;

import ekiden.base.HostPort;
import ekiden.base.MessageId;
import ekiden.base.Problem;
import ekiden.mail.profile.SecretSource;
import ekiden.yaml.Fields;
import ekiden.yaml.YamlFault;
import ekiden.yaml.YamlLimits;
import ekiden.yaml.YamlNode;
import ekiden.yaml.YamlProblems;
import ekiden.yaml.YamlText;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The text of {@code ekiden.yaml} into settings. Pure. */
public final class SettingsYaml {
    private static final String POSTGRES_FORM = "sqlite:FILE | postgres://HOST[:PORT]/DATABASE[?OPTIONS]";
    private static final String LISTEN_FORM = "127.0.0.1:8017 | [::1]:8017 | 8017 | 0";
    private static final int POSTGRES_PORT = 5432;

    private final HomePaths home;
    private final String file;
    private final YamlProblems core;
    private final YamlProblems soft;

    private SettingsYaml(HomePaths home, YamlProblems core) {
        this.home = home;
        this.file = home.settings().toString();
        this.core = core;
        this.soft = problems(file);
    }

    /**
     * @param home the home folder's names; relative paths of the settings are taken from it
     * @param text the whole file
     * @return the settings, or everything that keeps a process from starting
     */
    public static SettingsReading read(HomePaths home, String text) {
        String file = home.settings().toString();
        YamlProblems whole = problems(file);
        YamlNode root = YamlText.read(text, YamlLimits.SETTINGS, whole);
        if (root != null && whole.none()) {
            return new SettingsYaml(home, whole).settings(root, null);
        }
        // Perhaps only the mail section is no YAML: then the rest still tells where store and API are.
        Optional<String> without = withoutMail(text);
        YamlProblems rest = problems(file);
        YamlNode core = without.isEmpty() ? null : YamlText.read(without.get(), YamlLimits.SETTINGS, rest);
        return core == null || !rest.none()
                ? new SettingsReading.Wrong(whole.all())
                : new SettingsYaml(home, rest).settings(core, MailSettings.unreadable(whole.all()));
    }

    static YamlProblems problems(String file) {
        return new YamlProblems(file, SettingsYaml::id, YamlLimits.SETTINGS);
    }

    /** The text with the lines of the top-level key {@code mail} emptied, so that all others keep their numbers. */
    private static Optional<String> withoutMail(String text) {
        List<String> lines = text.lines().toList();
        StringBuilder out = new StringBuilder(text.length());
        boolean inside = false;
        boolean found = false;
        for (String line : lines) {
            boolean begins = !line.isEmpty() && " \t#-".indexOf(line.charAt(0)) < 0;
            if (begins) {
                inside = line.matches("[\"']?mail[\"']?\\s*:.*");
                found |= inside;
            }
            out.append(inside ? "" : line).append('\n');
        }
        // Something must remain to be a mapping.
        return found ? Optional.of(out.toString()) : Optional.empty();
    }

    private SettingsReading settings(YamlNode root, @Nullable MailSettings unreadable) {
        Fields fields = Fields.of(root, "", SettingsKeys.FILE, core);
        if (fields == null) {
            return new SettingsReading.Wrong(core.all());
        }
        if (fields.required("version") != null) {
            fields.number("version", 1, 1, 1);
        }
        HostPort listen = listen(fields);
        StoreSettings store = store(fields);
        String language = language(fields);
        YamlNode limitsNode = fields.node("limits");
        RunLimits limits = limitsNode == null ? RunLimits.DEFAULT : limits(limitsNode);
        YamlNode mailNode = fields.node("mail");
        MailSettings mail = unreadable != null
                ? unreadable
                : mailNode == null ? MailSettings.NONE : new MailParser(file, listen).parse(mailNode);
        return core.none()
                ? new SettingsReading.Usable(new Settings(language, listen, store, limits, mail), soft.all())
                : new SettingsReading.Wrong(core.all());
    }

    private @Nullable String language(Fields fields) {
        YamlNode node = fields.node("language");
        String text = node == null ? null : Fields.text(node, "language", soft);
        if (node == null || text == null || text.equals("en") || text.equals("ja")) {
            return text;
        }
        soft.fault(YamlFault.BAD_VALUE, node.at(), "where", "language", "found", node.shown(), "expected", "en | ja");
        return null;
    }

    private HostPort listen(Fields fields) {
        String text = fields.text("listen");
        if (text == null) {
            return Settings.DEFAULT_LISTEN;
        }
        Optional<HostPort> listen = HostPort.parse(text, Settings.DEFAULT_LISTEN.host());
        if (listen.isEmpty()) {
            fields.badValue("listen", LISTEN_FORM);
        } else if (!listen.get().loopback()) {
            core.add(
                    SettingsMessage.NOT_LOOPBACK,
                    fields.at("listen"),
                    "where",
                    "listen",
                    "found",
                    YamlNode.shorten(text),
                    "expected",
                    LISTEN_FORM);
        }
        return listen.orElse(Settings.DEFAULT_LISTEN);
    }

    private StoreSettings store(Fields fields) {
        YamlNode node = fields.node("store");
        return switch (node) {
            case null -> new StoreSettings.Sqlite(home.database());
            case YamlNode.Scalar scalar -> {
                String url = Fields.text(scalar, "store", core);
                yield url == null ? new StoreSettings.Sqlite(home.database()) : url(url, scalar, "store", null, null);
            }
            case YamlNode.Mapping mapping -> store(mapping);
            case YamlNode.Sequence wrong -> {
                Fields.of(wrong, "store", SettingsKeys.STORE, core);
                yield new StoreSettings.Sqlite(home.database());
            }
        };
    }

    private StoreSettings store(YamlNode.Mapping mapping) {
        StoreSettings otherwise = new StoreSettings.Sqlite(home.database());
        Fields store = Fields.of(mapping, "store", SettingsKeys.STORE, core);
        if (store == null) {
            return otherwise;
        }
        YamlNode passwordNode = store.node("password");
        SecretSource password =
                passwordNode == null ? null : SecretParser.parse(passwordNode, store.where("password"), core);
        String user = store.text("user");
        String url = store.requiredText("url");
        YamlNode node = store.node("url");
        return url == null || node == null ? otherwise : url(url, node, "store.url", user, password);
    }

    private StoreSettings url(
            String url, YamlNode node, String where, @Nullable String user, @Nullable SecretSource password) {
        StoreSettings otherwise = new StoreSettings.Sqlite(home.database());
        if (url.startsWith("sqlite:")) {
            Path path = sqlite(url.substring("sqlite:".length()));
            if (path != null) {
                return new StoreSettings.Sqlite(path);
            }
        }
        Matcher parts = Pattern.compile("postgres(?:ql)?://([^/?@]+)/([^/?]+)(?:\\?(.*))?")
                .matcher(url);
        if (parts.matches() && !String.valueOf(parts.group(3)).contains("password")) {
            String authority = parts.group(1);
            boolean port = authority.matches(".*:[0-9]+") && !authority.endsWith("]");
            Optional<HostPort> server = HostPort.parse(port ? authority : authority + ":" + POSTGRES_PORT, "");
            if (server.isPresent()) {
                String options = parts.group(3) == null ? "" : parts.group(3);
                return new StoreSettings.Postgres(server.get(), parts.group(2), options, user, password);
            }
        }
        // What was found is not shown: a URL may hold a password.
        boolean secret = url.contains("@") || url.contains("password");
        if (secret) {
            core.add(SettingsMessage.PLAIN_SECRET, node.at(), "where", where);
        } else {
            core.fault(
                    YamlFault.BAD_VALUE, node.at(), "where", where, "found", node.shown(), "expected", POSTGRES_FORM);
        }
        return otherwise;
    }

    private @Nullable Path sqlite(String path) {
        try {
            return path.isBlank() ? null : home.folder().resolve(path).normalize();
        } catch (InvalidPathException wrong) {
            return null;
        }
    }

    private RunLimits limits(YamlNode node) {
        Fields limits = Fields.of(node, "limits", SettingsKeys.LIMITS, soft);
        if (limits == null) {
            return RunLimits.DEFAULT;
        }
        RunLimits usual = RunLimits.DEFAULT;
        Duration interval = limits.duration("send-retry-interval", RunLimits.LONGEST_INTERVAL);
        Duration mails = limits.duration("keep-mails", RunLimits.LONGEST_KEEP);
        Duration runs = limits.duration("keep-runs", RunLimits.LONGEST_KEEP);
        Duration quarantine = limits.duration("keep-quarantine", RunLimits.LONGEST_KEEP);
        return new RunLimits(
                limits.number("commands", 1, RunLimits.MOST_COMMANDS, usual.commands()),
                limits.number("send-retries", 0, RunLimits.MOST_RETRIES, usual.sendRetries()),
                interval == null ? usual.sendRetryInterval() : interval,
                mails == null ? usual.keepMails() : mails,
                runs == null ? usual.keepRuns() : runs,
                quarantine == null ? usual.keepQuarantine() : quarantine,
                limits.size("free-space", 0, RunLimits.MOST_SPACE, usual.freeSpace()));
    }

    private static MessageId id(YamlFault fault) {
        return switch (fault) {
            case SYNTAX -> SettingsMessage.SYNTAX;
            case TOO_LARGE -> SettingsMessage.TOO_LARGE;
            case TOO_DEEP -> SettingsMessage.TOO_DEEP;
            case NOT_PLAIN -> SettingsMessage.NOT_PLAIN;
            case DUPLICATE_KEY -> SettingsMessage.DUPLICATE_KEY;
            case UNKNOWN_KEY -> SettingsMessage.UNKNOWN_KEY;
            case MISSPELT_KEY -> SettingsMessage.MISSPELT_KEY;
            case WRONG_TYPE, NUL -> SettingsMessage.WRONG_TYPE;
            case MISSING_KEY -> SettingsMessage.MISSING_KEY;
            case BAD_VALUE -> SettingsMessage.BAD_VALUE;
            case TOO_MANY -> SettingsMessage.TOO_MANY;
        };
    }

    /**
     * The settings of a file that is there but cannot be read at all.
     *
     * @param home the home folder's names
     * @param reason what the system says
     * @return why no process can start
     */
    static SettingsReading unreadable(HomePaths home, String reason) {
        Problem problem = Problem.of(SettingsMessage.UNREADABLE, "file", home.settings(), "reason", reason);
        return new SettingsReading.Wrong(List.of(problem));
    }
}

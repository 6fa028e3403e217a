package ekiden.config;

import ekiden.base.HostPort;
import ekiden.mail.profile.Authentication;
import ekiden.mail.profile.Receive;
import ekiden.mail.profile.SecretSource;
import ekiden.mail.profile.Security;
import ekiden.model.definition.AfterReceive;
import ekiden.yaml.Fields;
import ekiden.yaml.Located;
import ekiden.yaml.YamlFault;
import ekiden.yaml.YamlNode;
import ekiden.yaml.YamlProblems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A mailbox on an IMAP server. Each method gives null where something is wrong, after noting it. */
final class ImapParser {
    private static final Duration LONGEST_IDLE = Duration.ofMinutes(29);
    private static final Duration LONGEST = Duration.ofDays(1);
    private static final long FASTEST = 1024L * 1024 * 1024;
    private static final long MOST_BUDGET = 1L << 50;
    private static final int FOLDER_CHARS = 500;
    private static final String KEY_FORM = "password | token";

    private final YamlProblems problems;

    ImapParser(YamlProblems problems) {
        this.problems = problems;
    }

    @Nullable
    Receive parse(YamlNode node, String where, boolean sends) {
        Fields fields = Fields.of(node, where, SettingsKeys.IMAP, problems);
        if (fields == null) {
            return null;
        }
        HostPort host = ProfileParser.host(fields);
        Security security = ProfileParser.security(fields, host, Security.IMPLICIT);
        boolean insecure = fields.flag("insecure", false);
        if (!insecure) {
            ProfileParser.clear(fields, host, security, problems);
        }
        String user = fields.requiredText("user");
        Receive.Key key = key(fields);
        Authentication authentication = authentication(fields, key);
        int port = fields.number("port", 1, 65_535, security == Security.IMPLICIT ? 993 : 143);
        List<String> folders = folders(fields);
        Receive.FirstLook first = fields.choice("first-look", Receive.FirstLook.class, Receive.FirstLook.UNREAD);
        Receive.Attention attention = fields.choice("attention", Receive.Attention.class, Receive.Attention.NORMAL);
        long maxSize = fields.size("max-size", 1024, ProfileParser.MOST_SIZE, ProfileParser.USUAL_SIZE);
        @Nullable AfterReceive after = after(fields);
        Receive.Patience patience = patience(fields);
        Receive.Policy policy = policy(fields);
        YamlNode canaryNode = fields.node("canary");
        Receive.Canary canary =
                canaryNode == null ? null : CanaryParser.parse(canaryNode, fields.where("canary"), sends, problems);
        if (host == null || user == null || key == null) {
            return null;
        }
        return new Receive.Imap(
                new HostPort(host.host(), port),
                security,
                insecure,
                fields.text("ca"),
                user,
                key,
                authentication,
                folders,
                first,
                after,
                attention,
                maxSize,
                patience,
                policy,
                canary);
    }

    private Receive.@Nullable Budget budget(Fields fields) {
        YamlNode node = fields.node("budget");
        Fields budget = node == null ? null : Fields.of(node, fields.where("budget"), SettingsKeys.BUDGET, problems);
        if (budget == null || budget.required("bytes") == null) {
            return null;
        }
        return new Receive.Budget(
                budget.size("bytes", 1, MOST_BUDGET, MOST_BUDGET), span(budget, "per", LONGEST, Duration.ofHours(1)));
    }

    private Receive.Policy policy(Fields fields) {
        Receive.Policy usual = Receive.Policy.DEFAULT;
        long progressFrom = fields.size("progress-from", 1, ProfileParser.MOST_SIZE, usual.progressFrom());
        return new Receive.Policy(
                span(fields, "grace", LONGEST, usual.grace()),
                fields.choice("same-content", Receive.SameContent.class, usual.sameContent()),
                fields.choice("uidvalidity-change", Receive.UidValidityChange.class, usual.uidValidityChange()),
                fields.flag("progress", true) ? progressFrom : Long.MAX_VALUE,
                budget(fields));
    }

    /** What proves the account: one of {@code password} and {@code token}. */
    Receive.@Nullable Key key(Fields fields) {
        YamlNode password = fields.node("password");
        YamlNode token = fields.node("token");
        if (password == null && token == null) {
            fields.required("password");
            return null;
        }
        if (password != null && token != null) {
            problems.fault(
                    YamlFault.BAD_VALUE,
                    fields.at("token"),
                    "where",
                    fields.where("token"),
                    "found",
                    "{…}",
                    "expected",
                    KEY_FORM);
            return null;
        }
        if (password != null) {
            SecretSource source = SecretParser.parse(password, fields.where("password"), problems);
            return source == null ? null : new Receive.Password(source);
        }
        SecretSource source = SecretParser.parse(Objects.requireNonNull(token), fields.where("token"), problems);
        return source == null ? null : new Receive.Token(source);
    }

    /** A token goes with the mechanisms for tokens only, a password with the others. */
    static Authentication authentication(Fields fields, Receive.@Nullable Key key) {
        Authentication how = fields.choice("authentication", Authentication.class, Authentication.AUTO);
        boolean forTokens = how == Authentication.XOAUTH2 || how == Authentication.OAUTHBEARER;
        boolean wrong = switch (key) {
            case null -> false;
            case Receive.Token token -> how != Authentication.AUTO && !forTokens;
            case Receive.Password password -> forTokens;
        };
        if (wrong) {
            fields.badValue(
                    "authentication",
                    forTokens ? "auto | plain | login | scram-sha-256 | scram-sha-1" : "auto | xoauth2 | oauthbearer");
        }
        return how;
    }

    private List<String> folders(Fields fields) {
        String one = fields.text("folder");
        if (fields.node("folders") == null) {
            return folder(one == null ? "INBOX" : one) ? List.of(one == null ? "INBOX" : one) : wrong(fields);
        }
        List<Located> several = fields.texts("folders");
        if (one != null || several.isEmpty()) {
            fields.badValue("folders", "[FOLDER, …]");
        }
        Set<String> seen = new HashSet<>();
        List<String> folders = new ArrayList<>();
        for (Located folder : several) {
            if (!folder(folder.text()) || !seen.add(Receive.Imap.folder(folder.text()))) {
                fields.badItem("folders", folder, "FOLDER");
            }
            folders.add(folder.text());
        }
        return folders;
    }

    private static List<String> wrong(Fields fields) {
        fields.badValue("folder", "FOLDER");
        return List.of();
    }

    private static boolean folder(String name) {
        return !name.isBlank() && name.length() <= FOLDER_CHARS && name.chars().noneMatch(Character::isISOControl);
    }

    private static @Nullable AfterReceive after(Fields fields) {
        if (fields.node("after-receive") == null) {
            return null;
        }
        Optional<AfterReceive> after = AfterReceive.of(
                fields.texts("after-receive").stream().map(Located::text).toList());
        if (after.isEmpty()) {
            fields.badValue("after-receive", AfterReceive.FORM);
        }
        return after.orElse(null);
    }

    private static Receive.Patience patience(Fields fields) {
        Receive.Patience usual = Receive.Patience.DEFAULT;
        return new Receive.Patience(
                span(fields, "deadline", LONGEST, usual.deadline()),
                span(fields, "idle-renewal", LONGEST_IDLE, usual.idle()),
                span(fields, "answer-timeout", LONGEST, usual.answer()),
                span(fields, "receive-timeout", LONGEST, usual.receive()),
                fields.size("slowest-rate", 1, FASTEST, usual.slowest()));
    }

    static Duration span(Fields fields, String key, Duration most, Duration usual) {
        Duration span = fields.duration(key, most);
        return span == null ? usual : span;
    }
}

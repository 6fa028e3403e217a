package ekiden.config;

import ekiden.base.HostPort;
import ekiden.mail.address.BookSettings;
import ekiden.mail.address.BookSettings.Ldap;
import ekiden.mail.address.BookSettings.Match;
import ekiden.mail.address.BookSettings.Preset;
import ekiden.mail.profile.SecretSource;
import ekiden.mail.profile.Security;
import ekiden.yaml.Fields;
import ekiden.yaml.Located;
import ekiden.yaml.YamlNode;
import ekiden.yaml.YamlProblems;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A directory as an address book. Gives null where something is wrong, after noting it. */
final class LdapParser {
    private static final int PORT = 389;
    private static final int TLS_PORT = 636;

    private final YamlProblems problems;

    LdapParser(YamlProblems problems) {
        this.problems = problems;
    }

    /** In a global address list the beginning of a name is enough, as in the programs that people know. */
    @Nullable
    BookSettings parse(YamlNode node, String where, String name, @Nullable String match) {
        Fields fields = Fields.of(node, where, SettingsKeys.LDAP, problems);
        if (fields == null) {
            return null;
        }
        HostPort host = ProfileParser.host(fields);
        Security security = ProfileParser.security(fields, host, Security.IMPLICIT);
        if (!fields.flag("insecure", false)) {
            ProfileParser.clear(fields, host, security, problems);
        }
        int port = fields.number("port", 1, 65_535, security == Security.IMPLICIT ? TLS_PORT : PORT);
        Preset preset = fields.choice("preset", Preset.class, Preset.GENERIC);
        Match usual = preset == Preset.ACTIVE_DIRECTORY ? Match.BEGINNING : Match.WHOLE;
        YamlNode passwordNode = fields.node("password");
        SecretSource password =
                passwordNode == null ? null : SecretParser.parse(passwordNode, fields.where("password"), problems);
        String user = text(fields, "user");
        if (user == null && passwordNode != null) {
            fields.required("user");
        }
        if (user != null) {
            fields.required("password");
        }
        String base = fields.required("base") == null ? null : text(fields, "base");
        Duration timeout = fields.duration("timeout", Ldap.LONGEST_TIMEOUT);
        if (host == null || base == null) {
            return null;
        }
        return new Ldap(
                name,
                match == null ? usual : match.equals("beginning") ? Match.BEGINNING : Match.WHOLE,
                new HostPort(host.host(), port),
                security,
                text(fields, "ca"),
                user,
                password,
                preset,
                base,
                text(fields, "filter"),
                texts(fields, "name-attributes"),
                texts(fields, "address-attributes"),
                fields.choice("lists", BookSettings.Lists.class, BookSettings.Lists.ADDRESS),
                fields.number("page-size", 1, Ldap.MOST_PAGE, Ldap.USUAL_PAGE),
                timeout == null ? Ldap.USUAL_TIMEOUT : timeout);
    }

    private static @Nullable String text(Fields fields, String key) {
        String text = fields.text(key);
        if (text != null && text.isBlank()) {
            fields.badValue(key, "\"…\"");
            return null;
        }
        return text;
    }

    private static List<String> texts(Fields fields, String key) {
        List<Located> texts = fields.texts(key);
        for (Located text : texts) {
            if (!text.text().matches("[A-Za-z][A-Za-z0-9-]{0,99}")) {
                fields.badItem(key, text, "A-Z a-z 0-9 -");
            }
        }
        return texts.stream().map(Located::text).toList();
    }
}

package ekiden.config;

import ekiden.base.HostPort;
import ekiden.mail.profile.CharsetRule;
import ekiden.mail.profile.MailCharset;
import ekiden.yaml.Fields;
import ekiden.yaml.YamlFault;
import ekiden.yaml.YamlNode;
import ekiden.yaml.YamlProblems;
import java.net.IDN;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** In which character set mails are written: {@code charset} and {@code charset-for} of {@code send}. */
final class CharsetParser {
    private static final List<MailCharset> ALL = List.of(MailCharset.values());

    private CharsetParser() {}

    static CharsetRule parse(Fields send, YamlProblems problems) {
        MailCharset usual = send.choice("charset", MailCharset.class, MailCharset.UTF_8);
        YamlNode node = send.node("charset-for");
        String where = send.where("charset-for");
        Map<String, MailCharset> forDomain = new HashMap<>();
        List<YamlNode.Entry> entries = node == null ? List.of() : Fields.entries(node, where, problems);
        for (YamlNode.Entry entry : entries) {
            String domain = domain(entry.key());
            if (domain == null) {
                bad(problems, entry, where, entry.key(), "example.jp");
                continue;
            }
            String path = where + "." + YamlNode.shorten(entry.key());
            String text = Fields.text(entry.value(), path, problems);
            MailCharset charset = text == null ? null : named(text);
            if (charset != null) {
                forDomain.put(domain, charset);
            } else if (text != null) {
                bad(
                        problems,
                        entry,
                        path,
                        text,
                        String.join(" | ", ALL.stream().map(Fields::word).toList()));
            }
        }
        return new CharsetRule(usual, forDomain);
    }

    private static @Nullable MailCharset named(String text) {
        return ALL.stream()
                .filter(one -> Fields.word(one).equals(text))
                .findFirst()
                .orElse(null);
    }

    private static void bad(YamlProblems problems, YamlNode.Entry entry, String where, String found, String expected) {
        problems.fault(
                YamlFault.BAD_VALUE,
                entry.at(),
                "where",
                where,
                "found",
                YamlNode.shorten(found),
                "expected",
                expected);
    }

    /** In the form of an envelope, or null where it is none. */
    private static @Nullable String domain(String text) {
        if (!HostPort.host(text) || text.startsWith(".") || text.endsWith(".") || text.indexOf(':') >= 0) {
            return null;
        }
        try {
            return IDN.toASCII(text).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException noDomain) {
            return null;
        }
    }
}

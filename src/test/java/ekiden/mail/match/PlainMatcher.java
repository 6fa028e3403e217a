package ekiden.mail.match;

import ekiden.model.definition.Conditions;
import ekiden.model.definition.Entry;
import ekiden.model.definition.Entry.Look;
import ekiden.model.definition.HeaderCondition;
import ekiden.model.definition.Include;
import ekiden.model.definition.SizeRange;
import ekiden.model.mail.Address;
import ekiden.model.mail.AttachmentSummary;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What conditions mean, written down without any thought of speed: no index, no automaton, no folding of our own. */
final class PlainMatcher {
    private static final Pattern LETTER_WITH_MARKS = Pattern.compile("\\P{M}[\\p{M}\uff9e\uff9f]+");

    private PlainMatcher() {}

    static boolean matches(Conditions wanted, TestedMail mail) {
        if (wanted.none()) {
            return false;
        }
        SizeRange size = wanted.size();
        boolean fits = size == null || (mail.size() >= size.min() && mail.size() <= size.max());
        return fits
                && unasked(wanted, mail)
                && addresses(wanted.from(), mail.summary().from())
                && addresses(wanted.to(), mail.summary().to())
                && list(wanted.subject(), entry -> List.of(mail.summary().subject()), false)
                && list(wanted.text(), entry -> texts(entry, mail), true)
                && list(wanted.attachment(), entry -> names(mail), false)
                && wanted.header().stream().allMatch(one -> header(one, mail));
    }

    private static boolean unasked(Conditions wanted, TestedMail mail) {
        boolean own = Objects.requireNonNull(mail.summary().messageId()).endsWith("@home.ekiden>");
        boolean automatic =
                Objects.requireNonNull(mail.header()).of("auto-submitted").contains("auto-replied");
        return (!own || wanted.include().contains(Include.OWN))
                && (!automatic || wanted.include().contains(Include.AUTOMATIC));
    }

    private static boolean header(HeaderCondition wanted, TestedMail mail) {
        List<String> values =
                Objects.requireNonNull(mail.header()).of(wanted.name().toLowerCase(Locale.ROOT));
        return wanted.entries().isEmpty() ? !values.isEmpty() : list(wanted.entries(), entry -> values, false);
    }

    private static List<String> names(TestedMail mail) {
        return mail.summary().attachments().stream()
                .map(AttachmentSummary::name)
                .toList();
    }

    private static List<String> texts(Entry entry, TestedMail mail) {
        List<String> texts = new ArrayList<>();
        if (entry.look() != Look.ATTACHMENTS) {
            texts.add(Objects.requireNonNull(mail.text()));
        }
        if (entry.look() != Look.USUAL) {
            texts.add(Objects.requireNonNull(
                    Objects.requireNonNull(mail.attached()).get()));
        }
        return texts;
    }

    private static boolean list(List<Entry> entries, Function<Entry, List<String>> values, boolean lines) {
        return entries.isEmpty()
                || entries.stream()
                        .anyMatch(entry -> values.apply(entry).stream().anyMatch(value -> part(entry, value, lines)));
    }

    private static boolean part(Entry entry, String value, boolean lines) {
        boolean across = !lines || entry.acrossLines();
        List<String> units = across ? List.of(value) : List.of(value.split("\n", -1));
        return units.stream().anyMatch(unit -> switch (entry.form()) {
            case TEXT -> same(entry, unit).contains(same(entry, entry.text()));
            case GLOB, REGEX -> pattern(entry, unit, false);
        });
    }

    private static boolean addresses(List<Entry> entries, List<Address> addresses) {
        return entries.isEmpty()
                || entries.stream().anyMatch(entry -> addresses.stream().anyMatch(address -> address(entry, address)));
    }

    private static boolean address(Entry entry, Address address) {
        String value = switch (entry.look()) {
            case NAME -> address.name() == null ? "" : address.name();
            case SHOWN -> address.name() == null ? address.address() : address.name() + " <" + address.address() + ">";
            case X500 ->
                address.address().startsWith("/o=")
                        ? address.address()
                        : address.address().startsWith("IMCEAEX-") ? "/o=a/cn=b" : "";
            case USUAL, ATTACHMENTS, ALL -> address.address();
        };
        if (value.isEmpty()) {
            return false;
        }
        boolean bare = entry.look() == Look.USUAL || entry.look() == Look.X500;
        if (entry.form() == Entry.Form.TEXT) {
            return alike(entry, value, bare).equals(alike(entry, entry.text(), bare));
        }
        return pattern(entry, value, bare);
    }

    private static String small(String address) {
        StringBuilder small = new StringBuilder(address);
        for (char c = 'A'; c <= 'Z'; c++) {
            small = new StringBuilder(small.toString().replace(c, (char) (c + 32)));
        }
        return small.toString();
    }

    /** Of an address without options only ASCII letters have no case, as for the JDK's expressions; and it is taken as it stands. */
    private static boolean pattern(Entry entry, String value, boolean bare) {
        if (entry.form() == Entry.Form.GLOB) {
            return glob(entry, value, bare);
        }
        boolean asIs = bare && !entry.anyWidth();
        int flags =
                entry.anyCase() ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : bare ? Pattern.CASE_INSENSITIVE : 0;
        String meant = meant(entry, asIs).replace("$", "\\z");
        return Pattern.compile(meant, flags)
                .matcher(asIs ? value : normal(entry, value))
                .find();
    }

    /** What an expression says whose characters are not those of the values. */
    private static String meant(Entry entry, boolean asIs) {
        String text = entry.text();
        boolean anyWidth = entry.anyWidth();
        return switch (text) {
            case "[\\x{FF5E}b]", "\\x{FF5E}", "^\\Q～\\E" ->
                asIs ? text : text.replace("\\x{FF5E}", "～").replace("～", anyWidth ? "~" : "〜");
            case "\\Q＊\\E" -> anyWidth ? "[*]" : text;
            case "^㈱?a" -> anyWidth ? "^(?:\\(株\\))?a" : text;
            case "[㈱b]a" -> anyWidth ? "(?:\\(株\\)|b)a" : text;
            case "aß" -> entry.anyCase() ? "a(?:ß|ss)" : text;
            case "ass" -> entry.anyCase() ? "a(?:ß|ss)" : text;
            case "ﾌﾞ+" -> anyWidth ? "ブ+" : text;
            default -> asIs ? text : Normalizer.normalize(text, Normalizer.Form.NFC);
        };
    }

    /** Characters that became several hang together by a sign that no value has. */
    private static boolean glob(Entry entry, String value, boolean bare) {
        StringBuilder expression = new StringBuilder();
        String glob = composed(entry, entry.text(), bare);
        for (int i = 0; i < glob.length(); i++) {
            char c = glob.charAt(i);
            boolean escaped = c == '\\' && i + 1 < glob.length();
            i += escaped ? 1 : 0;
            if (!escaped && (c == '*' || c == '?')) {
                expression.append(c == '*' ? ".*" : "(?<!\u0001)[^\u0001](?:\u0001[^\u0001])*+");
                continue;
            }
            for (char one : alike(entry, String.valueOf(glob.charAt(i)), bare).toCharArray()) {
                expression.append(Pattern.quote(String.valueOf(one))).append("\u0001?");
            }
        }
        StringBuilder seen = new StringBuilder();
        for (char c : composed(entry, value, bare).toCharArray()) {
            seen.append(
                    String.join("\u0001", alike(entry, String.valueOf(c), bare).split("")));
        }
        return Pattern.compile(expression.toString(), Pattern.DOTALL)
                .matcher(seen)
                .matches();
    }

    private static boolean asIs(Entry entry, boolean bare) {
        return bare && !entry.anyWidth() && !entry.anyCase();
    }

    /** A letter of another width and the marks behind it are one character where width does not matter: NFC leaves them apart. */
    private static String composed(Entry entry, String text, boolean bare) {
        if (asIs(entry, bare)) {
            return text;
        }
        String normal = Normalizer.normalize(text, Normalizer.Form.NFC);
        return entry.anyWidth() ? LETTER_WITH_MARKS.matcher(normal).replaceAll(found -> one(found.group())) : normal;
    }

    private static String one(String letterWithMarks) {
        String one = Normalizer.normalize(letterWithMarks, Normalizer.Form.NFKC);
        return java.util.regex.Matcher.quoteReplacement(
                one.length() < letterWithMarks.length() ? one : letterWithMarks);
    }

    private static String alike(Entry entry, String text, boolean bare) {
        String same = asIs(entry, bare) ? text : normal(entry, text);
        same = entry.anyCase() ? normal(entry, same.toUpperCase(Locale.ROOT)) : same;
        return bare ? small(same) : same;
    }

    private static String same(Entry entry, String text) {
        String same = normal(entry, text);
        same = entry.acrossLines() ? normal(entry, same.replaceAll("\\s", "")) : same;
        return entry.anyCase() ? normal(entry, same.toUpperCase(Locale.ROOT)) : same;
    }

    private static String normal(Entry entry, String text) {
        String twins = text.replace('\uff5e', '\u301c')
                .replace('\uff0d', '\u2212')
                .replace('\u2225', '\u2016')
                .replace('\u2015', '\u2014')
                .replace('\uffe0', '\u00a2')
                .replace('\uffe1', '\u00a3')
                .replace('\uffe2', '\u00ac');
        return entry.anyWidth()
                ? Normalizer.normalize(twins, Normalizer.Form.NFKC)
                        .replace('\u301c', '~')
                        .replace('\u2212', '-')
                : Normalizer.normalize(twins, Normalizer.Form.NFC);
    }
}

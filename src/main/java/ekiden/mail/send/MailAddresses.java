package ekiden.mail.send;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.model.mail.Address;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The syntax of mail addresses for sending (RFC 5321 §4.1.2, RFC 6531), kept simple: {@code local@domain}, no comments,
 * no source routes. Local parts with dots in odd places, as older Japanese providers gave them out
 * ({@code taro..yamada.@example.jp}), are taken and quoted on the wire. Pure; safe from any thread.
 */
public final class MailAddresses {
    private static final int MAX_OCTETS = 254;
    private static final String ATEXT = "!#$%&'*+-/=?^_`{|}~";

    private MailAddresses() {}

    /**
     * Reads what a person wrote: {@code taro@example.jp} or {@code Yamada Taro <taro@example.jp>}.
     *
     * @param text one address
     * @return name and address, or {@link ComposeMessage#BAD_ADDRESS}, {@link ComposeMessage#LINE_BREAK}
     */
    public static Result<Address> parse(String text) {
        if (hasControl(text)) {
            return Result.failed(ComposeMessage.LINE_BREAK, "field", "address");
        }
        String rest = text.strip();
        String name = null;
        if (rest.endsWith(">")) {
            int open = rest.lastIndexOf('<');
            if (open < 0) {
                return Result.failed(ComposeMessage.BAD_ADDRESS, "address", shown(text));
            }
            name = unquoted(rest.substring(0, open).strip());
            rest = rest.substring(open + 1, rest.length() - 1).strip();
        }
        if (wire(rest).isEmpty()) {
            return Result.failed(ComposeMessage.BAD_ADDRESS, "address", shown(text));
        }
        return Result.ok(new Address(name == null || name.isEmpty() ? null : name, rest));
    }

    /**
     * As {@link #parse}, for a list.
     *
     * @param texts an address each
     * @return all of them, or what is wrong with the first that is none
     */
    public static Result<List<Address>> all(List<String> texts) {
        List<Address> addresses = new ArrayList<>();
        for (String text : texts) {
            switch (parse(text)) {
                case Result.Ok<Address>(Address address) -> addresses.add(address);
                case Result.Failed<Address>(Problem problem) -> {
                    return Result.failed(problem);
                }
            }
        }
        return Result.ok(addresses);
    }

    /**
     * The form that goes into an envelope or between angle brackets: odd local parts quoted, an international domain in
     * its ASCII form. Holds bytes above 127 only where the local part does.
     *
     * @param address {@code local@domain}
     * @return that form, or empty where the address is none
     */
    public static Optional<String> wire(String address) {
        int at = address.lastIndexOf('@');
        if (at < 1 || at == address.length() - 1 || hasControl(address)) {
            return Optional.empty();
        }
        Optional<String> local = local(address.substring(0, at));
        Optional<String> domain = domain(address.substring(at + 1));
        if (local.isEmpty() || domain.isEmpty()) {
            return Optional.empty();
        }
        String wire = local.get() + "@" + domain.get();
        boolean fits = wire.getBytes(StandardCharsets.UTF_8).length <= MAX_OCTETS;
        return fits && TextRules.wellFormed(wire) ? Optional.of(wire) : Optional.empty();
    }

    /**
     * @param wire as {@link #wire} gives it
     * @return whether only a server with SMTPUTF8 can take it
     */
    public static boolean needsUtf8(String wire) {
        return !TextRules.ascii(wire);
    }

    private static Optional<String> local(String local) {
        if (local.length() >= 2 && local.startsWith("\"") && local.endsWith("\"")) {
            return quotedIsWhole(local) ? Optional.of(local) : Optional.empty();
        }
        for (int i = 0; i < local.length(); i++) {
            char c = local.charAt(i);
            if (c != '.' && !isAtext(c)) {
                return Optional.empty();
            }
        }
        boolean oddDots = local.startsWith(".") || local.endsWith(".") || local.contains("..");
        return Optional.of(oddDots ? '"' + local + '"' : local);
    }

    private static boolean quotedIsWhole(String quoted) {
        for (int i = 1; i < quoted.length() - 1; i++) {
            char c = quoted.charAt(i);
            if (c == '\\' && i < quoted.length() - 2) {
                i++;
            } else if (c == '"' || c == '\\') {
                return false;
            }
        }
        return true;
    }

    private static boolean isAtext(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || (c > 127 && !Character.isWhitespace(c) && !Character.isSpaceChar(c))
                || ATEXT.indexOf(c) >= 0;
    }

    private static Optional<String> domain(String domain) {
        if (domain.startsWith("[") && domain.endsWith("]")) {
            return isLiteral(domain) ? Optional.of(domain) : Optional.empty();
        }
        String ascii;
        try {
            ascii = TextRules.ascii(domain) ? domain : IDN.toASCII(domain);
        } catch (IllegalArgumentException noDomain) {
            return Optional.empty();
        }
        for (String label : ascii.split("\\.", -1)) {
            if (!isLabel(label)) {
                return Optional.empty();
            }
        }
        return Optional.of(ascii);
    }

    private static boolean isLabel(String label) {
        if (label.isEmpty() || label.length() > 63 || label.startsWith("-") || label.endsWith("-")) {
            return false;
        }
        for (int i = 0; i < label.length(); i++) {
            char c = label.charAt(i);
            boolean good =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
            if (!good) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLiteral(String literal) {
        String inside = literal.substring(1, literal.length() - 1);
        return !inside.isEmpty()
                && inside.chars().allMatch(c -> Character.digit(c, 16) >= 0 || "IPv6:.".indexOf(c) >= 0);
    }

    private static String unquoted(String name) {
        if (name.length() < 2 || !name.startsWith("\"") || !name.endsWith("\"")) {
            return name;
        }
        StringBuilder plain = new StringBuilder(name.length());
        for (int i = 1; i < name.length() - 1; i++) {
            char c = name.charAt(i);
            if (c == '\\' && i < name.length() - 2) {
                i++;
                c = name.charAt(i);
            }
            plain.append(c);
        }
        return plain.toString();
    }

    private static boolean hasControl(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isISOControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /**
     * An address as it may stand in a problem's values.
     *
     * @param text what was given
     * @return without control characters, at a length that fits a line
     */
    public static String shown(String text) {
        String clean = TextRules.printable(text);
        return clean.length() <= 100 ? clean : clean.substring(0, 100) + "…";
    }
}

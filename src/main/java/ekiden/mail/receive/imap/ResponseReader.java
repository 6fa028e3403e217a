package ekiden.mail.receive.imap;

import ekiden.mail.connect.ServerWords;
import ekiden.mail.receive.ReceiveMessage;
import ekiden.mail.receive.imap.Response.Code;
import ekiden.mail.receive.imap.Response.Status;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the grammar of RFC 3501 §9 off the wire, one answer at a time, and believes nothing: each loop ends at a limit, and what is not
 * understood is passed over as long as its end can be found.
 */
final class ResponseReader {
    /** RFC 2971 §3.3: more fields, and longer names of fields, there are not. What comes in literals does not count for the length of the line. */
    private static final int ID_FIELDS = 30;

    private static final int ID_NAME = 30;

    private final ImapTokens tokens;
    private final FetchReader fetches;
    private final ServerWords words;

    ResponseReader(ImapWire wire, ImapTimeouts timeouts, ImapLimits limits) {
        this.tokens = new ImapTokens(wire, limits);
        this.fetches = new FetchReader(tokens, timeouts, limits);
        this.words = wire.words();
    }

    /** Reads one. */
    Response next(Takers takers) throws ImapStop {
        tokens.begin();
        int first = tokens.peek();
        if (first == '+') {
            tokens.read();
            tokens.spaces();
            return new Response.Continue(tokens.line());
        }
        if (first == '*') {
            tokens.read();
            tokens.spaces();
            return untagged(takers);
        }
        String tag = tokens.word();
        tokens.spaces();
        String word = tokens.word().toUpperCase(Locale.ROOT);
        Status status = status(word);
        if (tag.isEmpty() || status == null) {
            throw ImapStop.broken(ReceiveMessage.NOT_UNDERSTOOD, words.shown(tag + " " + word));
        }
        tokens.spaces();
        Code code = code();
        return new Response.Tagged(tag, status, code, words.shown(tokens.line()));
    }

    private Response untagged(Takers takers) throws ImapStop {
        String word = tokens.word().toUpperCase(Locale.ROOT);
        tokens.spaces();
        if (!word.isEmpty() && Character.isDigit(word.charAt(0))) {
            return numbered(word, takers);
        }
        Status status = status(word);
        if (status != null) {
            Code code = code();
            return new Response.Untagged(status, code, words.shown(tokens.line()));
        }
        return switch (word) {
            case "CAPABILITY" -> new Response.Capabilities(words(tokens.line()));
            case "SEARCH" -> {
                numbers(takers);
                yield new Response.Searched(null);
            }
            case "ESEARCH" -> esearch(takers);
            case "LIST" -> listed();
            case "ID" -> identified();
            case "MYRIGHTS" -> rights();
            default -> {
                tokens.skipLine();
                yield new Response.Other(word);
            }
        };
    }

    private Response numbered(String number, Takers takers) throws ImapStop {
        long count = ImapTokens.number(number);
        String word = tokens.word().toUpperCase(Locale.ROOT);
        return switch (word) {
            case "EXISTS" -> {
                tokens.skipLine();
                yield new Response.Exists(count);
            }
            case "EXPUNGE" -> {
                tokens.skipLine();
                yield new Response.Expunged(count);
            }
            case "FETCH" -> {
                tokens.spaces();
                yield new Response.Fetched(fetches.read(takers));
            }
            default -> {
                tokens.skipLine();
                yield new Response.Other(word);
            }
        };
    }

    private static @Nullable Status status(String word) {
        return switch (word) {
            case "OK" -> Status.OK;
            case "NO" -> Status.NO;
            case "BAD" -> Status.BAD;
            case "BYE" -> Status.BYE;
            case "PREAUTH" -> Status.PREAUTH;
            default -> null;
        };
    }

    /** A response code, if one is there. A text that only begins with a bracket, as broken servers have it, is text. */
    private Code code() throws ImapStop {
        if (tokens.peek() != '[') {
            return Code.NONE;
        }
        tokens.read();
        String inside = tokens.until(']');
        tokens.spaces();
        int space = inside.indexOf(' ');
        String name = space < 0 ? inside : inside.substring(0, space);
        return new Code(name.toUpperCase(Locale.ROOT), space < 0 ? "" : inside.substring(space + 1));
    }

    static Set<String> words(String line) {
        Set<String> words = new LinkedHashSet<>();
        for (String word : line.strip().toUpperCase(Locale.ROOT).split(" +")) {
            if (!word.isEmpty()) {
                words.add(word);
            }
        }
        return words;
    }

    private void numbers(Takers takers) throws ImapStop {
        while (tokens.digit()) {
            long uid = tokens.number();
            takers.hits(uid, uid);
            tokens.spaces();
            tokens.lineGoesOn();
        }
        // "(MODSEQ 917162500)" of RFC 7162, and whatever else
        tokens.skipLine();
    }

    /** RFC 4731: {@code (TAG "a1") UID ALL 1:5,9 COUNT 6}. */
    private Response esearch(Takers takers) throws ImapStop {
        String tag = null;
        if (tokens.peek() == '(') {
            tokens.read();
            String word = tokens.word();
            tokens.spaces();
            String value = tokens.string();
            tag = word.equalsIgnoreCase("TAG") ? value : null;
            tokens.until(')');
            tokens.spaces();
        }
        String word = tokens.word();
        while (!word.isEmpty()) {
            tokens.spaces();
            if (word.equalsIgnoreCase("ALL")) {
                set(takers);
            } else if (!word.equalsIgnoreCase("UID")) {
                tokens.skipValue();
            }
            tokens.spaces();
            word = tokens.word();
        }
        tokens.skipLine();
        return new Response.Searched(tag);
    }

    private void set(Takers takers) throws ImapStop {
        while (tokens.digit()) {
            long first = tokens.number();
            long last = first;
            if (tokens.peek() == ':') {
                tokens.read();
                last = tokens.number();
            }
            takers.hits(Math.min(first, last), Math.max(first, last));
            if (tokens.peek() == ',') {
                tokens.read();
            }
            tokens.lineGoesOn();
        }
    }

    private Response listed() throws ImapStop {
        Set<String> attributes = tokens.list();
        tokens.spaces();
        String separator = tokens.string();
        tokens.spaces();
        String name = tokens.string();
        tokens.skipLine();
        return new Response.Listed(attributes, separator == null ? "" : separator, name == null ? "" : name);
    }

    private Response rights() throws ImapStop {
        tokens.string();
        tokens.spaces();
        String letters = tokens.string();
        tokens.skipLine();
        return new Response.Rights(letters == null ? "" : words.shown(letters));
    }

    private Response identified() throws ImapStop {
        Map<String, String> fields = new HashMap<>();
        if (tokens.peek() == '(') {
            tokens.read();
            while (tokens.peek() != ')') {
                String name = tokens.string();
                tokens.spaces();
                String value = tokens.string();
                tokens.spaces();
                if (name != null && value != null && name.length() <= ID_NAME && fields.size() < ID_FIELDS) {
                    fields.put(name.toLowerCase(Locale.ROOT), words.shown(value));
                }
            }
        }
        tokens.skipLine();
        return new Response.Identified(fields);
    }
}

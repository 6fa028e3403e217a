package ekiden.mail.receive.imap;

import ekiden.mail.receive.ReceiveMessage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The small pieces of RFC 3501 §9: words, numbers, strings, lists, literals. Counts what an answer uses up. */
final class ImapTokens {
    private final ImapWire wire;
    private final ImapLimits limits;
    private long began;
    /** Bytes of literals and of numbers, which do not count for the length of a line. */
    private long free;

    ImapTokens(ImapWire wire, ImapLimits limits) {
        this.wire = wire;
        this.limits = limits;
    }

    ImapWire wire() {
        return wire;
    }

    /** A new answer begins. */
    void begin() {
        began = wire.taken();
        free = 0;
    }

    /** What was read of the line until now was handed on and takes no memory. */
    void lineGoesOn() {
        free = wire.taken() - began;
    }

    int read() throws ImapStop {
        if (wire.taken() - began - free >= limits.lineBytes()) {
            throw ImapStop.broken(ReceiveMessage.TOO_MUCH, "line " + limits.lineBytes());
        }
        return wire.read();
    }

    int peek() throws ImapStop {
        return wire.peek();
    }

    void spaces() throws ImapStop {
        while (wire.peek() == ' ') {
            read();
        }
    }

    boolean digit() throws ImapStop {
        int next = wire.peek();
        return next >= '0' && next <= '9';
    }

    /** Up to a space, a parenthesis or the end of the line, none of which is taken. */
    String word() throws ImapStop {
        StringBuilder word = new StringBuilder();
        for (int next = wire.peek(); !ends(next); next = wire.peek()) {
            word.append((char) read());
        }
        return word.toString();
    }

    private static boolean ends(int next) {
        return next == ' ' || next == '\r' || next == '\n' || next == '(' || next == ')';
    }

    long number() throws ImapStop {
        long number = 0;
        if (!digit()) {
            throw ImapStop.broken(ReceiveMessage.NOT_UNDERSTOOD, "no number");
        }
        while (digit()) {
            int digit = read() - '0';
            if (number > (Long.MAX_VALUE - digit) / 10) {
                throw ImapStop.broken(ReceiveMessage.TOO_MUCH, "number");
            }
            number = number * 10 + digit;
        }
        return number;
    }

    static long number(String text) throws ImapStop {
        try {
            return Long.parseUnsignedLong(text) & Long.MAX_VALUE;
        } catch (NumberFormatException none) {
            // its own words would repeat the server's
            ImapStop stop = ImapStop.broken(ReceiveMessage.NOT_UNDERSTOOD, "no number");
            stop.addSuppressed(none);
            throw stop;
        }
    }

    /** The rest of the line, which has no literal; its end is taken. */
    String line() throws ImapStop {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = read(); next != '\n'; next = read()) {
            line.write(next);
        }
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }

    /** Passes over the rest of an answer, literals included. */
    void skipLine() throws ImapStop {
        while (true) {
            int next = wire.peek();
            if (next == '\n') {
                read();
                return;
            }
            if (next == '"') {
                quoted(null);
            } else if (next == '{') {
                skipBraces();
            } else {
                read();
            }
        }
    }

    /** A literal, or only a brace in an answer that nobody here understands. */
    private void skipBraces() throws ImapStop {
        StringBuilder braces = new StringBuilder();
        for (int next = wire.peek(); next != '\r' && next != '\n' && braces.length() < 24; next = wire.peek()) {
            braces.append((char) read());
        }
        if (braces.toString().matches("\\{[0-9]{1,18}[+-]?}")) {
            endOfLine();
            drop(number(braces.toString().replaceAll("[^0-9]", "")));
        }
    }

    private void drop(long count) throws ImapStop {
        wire.copy(count, null);
        free += count;
    }

    /** Text up to a character, which is taken; not over the end of the line. */
    String until(char end) throws ImapStop {
        StringBuilder text = new StringBuilder();
        for (int next = wire.peek(); next != '\r' && next != '\n'; next = wire.peek()) {
            read();
            if (next == end) {
                return text.toString();
            }
            text.append((char) next);
        }
        return text.toString();
    }

    /** {@return a string in any of its forms, UTF-8; null for NIL} */
    @Nullable
    String string() throws ImapStop {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int next = wire.peek();
        if (next == '"') {
            quoted(bytes);
        } else if (literalNext()) {
            long size = literal();
            if (size > limits.textBytes()) {
                throw ImapStop.broken(ReceiveMessage.TOO_MUCH, "text " + limits.textBytes());
            }
            byte[] text = new byte[(int) size];
            copy(text, text.length);
            bytes.writeBytes(text);
        } else {
            String word = word();
            if (word.isEmpty()) {
                throw ImapStop.broken(ReceiveMessage.NOT_UNDERSTOOD, "no string");
            }
            return word.equalsIgnoreCase("NIL") ? null : word;
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Takes a quoted string; null drops it. */
    void quoted(@Nullable ByteArrayOutputStream into) throws ImapStop {
        read();
        for (int next = read(); next != '"'; next = read()) {
            int plain = next == '\\' ? read() : next;
            if (plain == '\n') {
                throw ImapStop.broken(ReceiveMessage.NOT_UNDERSTOOD, "a string without end");
            }
            if (into != null) {
                into.write(plain);
            }
        }
    }

    /** {@return whether a literal follows: <code>{5}</code>, or <code>~{5}</code> (RFC 3516)} */
    boolean literalNext() throws ImapStop {
        if (wire.peek() == '~') {
            read();
        }
        return wire.peek() == '{';
    }

    /** Takes the head of a literal. {@return how many bytes follow} */
    long literal() throws ImapStop {
        read();
        long size = number();
        if (wire.peek() == '+' || wire.peek() == '-') {
            read();
        }
        if (read() != '}') {
            throw ImapStop.broken(ReceiveMessage.NOT_UNDERSTOOD, "no literal");
        }
        endOfLine();
        return size;
    }

    private void endOfLine() throws ImapStop {
        int end = read();
        if (end == '\r') {
            end = read();
        }
        if (end != '\n') {
            throw ImapStop.broken(ReceiveMessage.NOT_UNDERSTOOD, "no literal");
        }
    }

    /** Takes bytes of a literal. */
    void copy(byte[] target, int count) throws ImapStop {
        wire.copy(target, count);
        free += count;
    }

    /** Bytes of a literal went elsewhere. */
    void literalTaken(long count) {
        free += count;
    }

    /** {@return the words of a list without lists in it; the parentheses are taken} */
    Set<String> list() throws ImapStop {
        if (read() != '(') {
            throw ImapStop.broken(ReceiveMessage.NOT_UNDERSTOOD, "no list");
        }
        Set<String> words = new LinkedHashSet<>();
        while (true) {
            spaces();
            String word = word();
            if (word.isEmpty()) {
                break;
            }
            words.add(word);
        }
        if (read() != ')') {
            throw ImapStop.broken(ReceiveMessage.NOT_UNDERSTOOD, "a list without end");
        }
        return words;
    }

    /** Passes over one value of any form. */
    void skipValue() throws ImapStop {
        int depth = 0;
        do {
            spaces();
            int next = wire.peek();
            if (next == '(') {
                read();
                depth++;
                if (depth > limits.nesting()) {
                    throw ImapStop.broken(ReceiveMessage.TOO_MUCH, "nesting " + limits.nesting());
                }
            } else if (next == ')' && depth > 0) {
                read();
                depth--;
            } else if (next == '"') {
                quoted(null);
            } else if (literalNext()) {
                drop(literal());
            } else if (word().isEmpty()) {
                throw ImapStop.broken(ReceiveMessage.NOT_UNDERSTOOD, "no value");
            }
        } while (depth > 0);
    }
}

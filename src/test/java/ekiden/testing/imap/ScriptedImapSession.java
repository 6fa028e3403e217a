package ekiden.testing.imap;

import ekiden.testing.Eventually;
import ekiden.testing.MemoryFolder;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** One connection of a scripted server: greeting, log-in, folder, and which fault strikes at which command. */
final class ScriptedImapSession {
    private static final int PEEK_MILLIS = 100;
    private static final Duration TRICKLE = Duration.ofMillis(100);

    private final ScriptedImapServer server;
    private final ImapScript script;
    private Socket socket;
    private InputStream in;
    private ImapOut out;
    private boolean loggedIn;
    private boolean over;
    private @Nullable ScriptedImapView view;
    /** Held while something is written: news of an IDLE come from other threads. */
    private final ReentrantLock writing = new ReentrantLock();

    /** A command as it came. */
    record Command(String tag, String name, String arguments) {}

    ScriptedImapSession(ScriptedImapServer server, Socket socket) throws IOException {
        this.server = server;
        this.script = server.script();
        this.socket = socket;
        socket.setTcpNoDelay(true);
        this.in = socket.getInputStream();
        this.out = new ImapOut(socket.getOutputStream());
    }

    void run() throws IOException {
        if (script.hit(ImapFault.HALF_OPEN, "")) {
            server.stall();
            return;
        }
        if (server.implicitTls()) {
            intoTls();
        }
        out.byBytes(script.hit(ImapFault.ONE_BYTE, ""));
        if (!greet()) {
            return;
        }
        while (!over) {
            Command command = command();
            Command next = ahead(command);
            if (next != null) {
                execute(next);
            }
            execute(command);
        }
    }

    private boolean greet() throws IOException {
        if (script.hit(ImapFault.HTTP, "")) {
            line();
            return say("HTTP/1.1 400 Bad Request\r\n", false);
        }
        if (script.hit(ImapFault.POP3, "")) {
            return say("+OK POP3 ready\r\n", false);
        }
        if (script.hit(ImapFault.SMTP, "")) {
            return say("220 mail.example.jp ESMTP\r\n", false);
        }
        if (script.hit(ImapFault.BYE_AT_ONCE, "")) {
            return say("* BYE [UNAVAILABLE] Too many connections\r\n", false);
        }
        loggedIn = script.hit(ImapFault.PREAUTH, "");
        return say(loggedIn ? "* PREAUTH ready\r\n" : "* OK ready\r\n", true);
    }

    private boolean say(String text, boolean goOn) throws IOException {
        out.text(text).flush();
        return goOn;
    }

    /** A second command that is there already, where the two are to change places. */
    private @Nullable Command ahead(Command first) throws IOException {
        boolean read = first.name.equals("UID FETCH") || first.name.equals("UID SEARCH");
        if (!read || !script.hit(ImapFault.OUT_OF_ORDER, first.name)) {
            return null;
        }
        socket.setSoTimeout(PEEK_MILLIS);
        try {
            return command();
        } catch (SocketTimeoutException alone) {
            return null;
        } finally {
            socket.setSoTimeout(0);
        }
    }

    private Command command() throws IOException {
        String line = line();
        String[] words = line.split(" ", 3);
        String name = (words.length > 1 ? words[1] : "").toUpperCase(Locale.ROOT);
        String rest = words.length > 2 ? words[2] : "";
        if (name.equals("UID")) {
            String[] more = rest.split(" ", 2);
            name += " " + more[0].toUpperCase(Locale.ROOT);
            rest = more.length > 1 ? more[1] : "";
        }
        script.said(name.equals("LOGIN") || name.equals("AUTHENTICATE") ? name : (name + " " + rest).strip());
        return new Command(words[0], name, rest);
    }

    /** A line, its literals in the place of their braces as quoted strings. */
    private String line() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException();
            }
            bytes.write(next);
        }
        String line = bytes.toString(StandardCharsets.UTF_8).stripTrailing();
        int open = line.lastIndexOf('{');
        if (open < 0 || !line.substring(open).matches("\\{[0-9]+\\+?}")) {
            return line;
        }
        if (!line.endsWith("+}")) {
            out.line("+ go ahead").flush();
        }
        int size = Integer.parseInt(line.substring(open).replaceAll("[^0-9]", ""));
        String literal = new String(in.readNBytes(size), StandardCharsets.UTF_8);
        return line.substring(0, open) + "\"" + literal.replace("\\", "\\\\").replace("\"", "\\\"") + "\"" + line();
    }

    private void execute(Command command) throws IOException {
        if (over || strikes(command)) {
            return;
        }
        switch (command.name) {
            case "CAPABILITY" -> {
                out.line("* CAPABILITY " + String.join(" ", script.capabilities()));
                ok(command, "");
            }
            case "NOOP" -> {
                news();
                ok(command, "");
            }
            case "ID" -> {
                out.line("* ID (\"name\" \"Scripted\" \"version\" \"1\")");
                ok(command, "");
            }
            case "LOGOUT" -> {
                over = true;
                out.line("* BYE until later");
                ok(command, "");
            }
            case "STARTTLS" -> startTls(command);
            case "LOGIN" -> login(command);
            case "AUTHENTICATE" -> authenticate(command);
            case "LIST" -> list(command);
            case "MYRIGHTS" -> {
                out.line("* MYRIGHTS " + command.arguments + " " + script.rights());
                ok(command, "");
            }
            case "SELECT", "EXAMINE" -> select(command);
            case "IDLE" -> idle(command);
            default -> inFolder(command);
        }
        out.flush();
    }

    private boolean strikes(Command command) throws IOException {
        String name = command.name;
        if (script.hit(ImapFault.DROP, name)) {
            over = true;
            return true;
        }
        if (script.hit(ImapFault.STALL, name)) {
            over = true;
            server.stall();
            return true;
        }
        if (script.hit(ImapFault.BYE, name)) {
            over = true;
            out.line("* BYE Session invalidated - AccessTokenExpired").flush();
            return true;
        }
        if (script.hit(ImapFault.ENDLESS_LINE, name)) {
            over = true;
            return endless("* X" + "y".repeat(1000));
        }
        if (script.hit(ImapFault.ENDLESS_ANSWERS, name)) {
            over = true;
            return endless("* OK still working\r\n".repeat(100));
        }
        if (script.hit(ImapFault.TRICKLE, name)) {
            over = true;
            return trickle();
        }
        String code = refusalCode(name);
        if (code != null) {
            out.line(command.tag + " NO [" + code + "] not now").flush();
            return true;
        }
        if (script.hit(ImapFault.QUOTE_LOGIN, name)) {
            String password = script.password();
            String said = "\0" + script.user() + "\0" + password;
            out.line(command.tag + " NO [" + password + "] you are " + password + ", " + base64(password) + ", "
                            + base64(said))
                    .flush();
            return true;
        }
        if (script.hit(ImapFault.NEW_UIDVALIDITY, name)) {
            out.line("* OK [UIDVALIDITY 4711] changed").flush();
        }
        return false;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private boolean endless(String piece) throws IOException {
        while (true) {
            out.text(piece).flush();
        }
    }

    private boolean trickle() throws IOException {
        while (true) {
            out.line("* OK still working").flush();
            Eventually.becomes(TRICKLE, () -> false);
        }
    }

    private @Nullable String refusalCode(String name) {
        return List.of(ImapFault.OVERQUOTA, ImapFault.LIMIT, ImapFault.UNAVAILABLE).stream()
                .filter(fault -> script.hit(fault, name))
                .map(ImapFault::name)
                .findFirst()
                .orElse(null);
    }

    void ok(Command command, String code) {
        out.line(command.tag + " OK " + (code.isEmpty() ? "" : "[" + code + "] ") + "done");
    }

    private void startTls(Command command) throws IOException {
        if (server.tls() == null) {
            out.line(command.tag + " BAD no TLS here");
            return;
        }
        ok(command, "");
        if (script.hit(ImapFault.INJECT_BEFORE_TLS, "")) {
            out.line("* CAPABILITY IMAP4rev1 AUTH=PLAIN");
        }
        out.flush();
        intoTls();
    }

    private void intoTls() throws IOException {
        SSLContext context = Objects.requireNonNull(server.tls());
        SSLSocket inside = (SSLSocket) context.getSocketFactory().createSocket(socket, null, true);
        inside.startHandshake();
        socket = inside;
        in = inside.getInputStream();
        out = new ImapOut(inside.getOutputStream());
    }

    private void login(Command command) {
        List<String> words = ScriptedImapView.strings(command.arguments);
        admit(command, words.get(0).equals(script.user()) && words.get(1).equals(script.password()));
    }

    private void admit(Command command, boolean good) {
        loggedIn = good;
        if (good) {
            ok(command, "");
        } else {
            out.line(command.tag + " NO " + script.refusal());
        }
    }

    private void authenticate(Command command) throws IOException {
        String[] words = command.arguments.split(" ", 2);
        switch (words[0].toUpperCase(Locale.ROOT)) {
            case "PLAIN" -> {
                String[] parts = first(words).split("\0", -1);
                admit(command, parts[1].equals(script.user()) && parts[2].equals(script.password()));
            }
            case "LOGIN" -> {
                String user = challenge("Username:");
                String password = challenge("Password:");
                admit(command, user.equals(script.user()) && password.equals(script.password()));
            }
            case "XOAUTH2", "OAUTHBEARER" -> bearer(command, first(words));
            case "SCRAM-SHA-256" -> scram(command, first(words));
            default -> out.line(command.tag + " BAD unknown mechanism");
        }
    }

    private String first(String[] words) throws IOException {
        return words.length > 1 ? decoded(words[1]) : challenge("");
    }

    private String challenge(String words) throws IOException {
        out.line("+ " + Base64.getEncoder().encodeToString(words.getBytes(StandardCharsets.UTF_8)))
                .flush();
        return decoded(line());
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64.equals("=") ? "" : base64), StandardCharsets.UTF_8);
    }

    private void bearer(Command command, String message) throws IOException {
        boolean good = message.contains(script.user()) && message.contains("auth=Bearer " + script.password() + "\1");
        if (!good) {
            script.said("after refusal: "
                    + challenge("{\"status\":\"invalid_token\",\"schemes\":\"bearer\"}")
                            .replace("\1", "^A"));
        }
        admit(command, good);
    }

    private void scram(Command command, String clientFirst) throws IOException {
        ServerScram scram = new ServerScram(script.password(), script.iterations());
        String clientFinal = challenge(scram.first(clientFirst));
        try {
            boolean good = scram.proven(clientFinal) || script.falseServer();
            if (good) {
                challenge(scram.last(script.falseServer()));
            }
            admit(command, good);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private void list(Command command) {
        server.folders()
                .keySet()
                .forEach(name -> out.line("* LIST (\\HasNoChildren) \"/\" \"" + WireName.of(name) + "\""));
        ok(command, "");
    }

    private void select(Command command) {
        String name = WireName.read(ScriptedImapView.strings(command.arguments).getFirst());
        MemoryFolder folder = server.folders().get(name);
        if (folder == null || !loggedIn) {
            out.line(command.tag + " NO [NONEXISTENT] no such folder");
            return;
        }
        if (script.hit(ImapFault.RENUMBER, "")) {
            folder.renumber(folder.uidValidity() + 1, folder.uidNext() + 100);
        }
        ScriptedImapView opened = new ScriptedImapView(server, folder, out);
        view = opened;
        boolean readOnly = command.name.equals("EXAMINE") || folder.readOnly() || script.hit(ImapFault.READ_ONLY, "");
        opened.describe(script.hit(ImapFault.NO_UIDVALIDITY, ""));
        ok(command, readOnly ? "READ-ONLY" : "READ-WRITE");
    }

    private void news() {
        ScriptedImapView open = view;
        if (open != null) {
            open.news();
        }
    }

    private void inFolder(Command command) throws IOException {
        ScriptedImapView open = view;
        if (open == null) {
            out.line(command.tag + " BAD " + command.name + " not now");
            return;
        }
        String end = open.execute(command.name, command.arguments);
        if (end == null) {
            over = true;
            return;
        }
        out.line(command.tag + " " + end);
    }

    private void idle(Command command) throws IOException {
        ScriptedImapView open = Objects.requireNonNull(view);
        // news may come before the answer too
        news();
        boolean bad = script.hit(ImapFault.BAD_IDLE, "");
        if (bad || script.hit(ImapFault.OK_TO_IDLE, "")) {
            out.line(command.tag + (bad ? " BAD no idling here" : " OK nothing new"));
            return;
        }
        out.line("+ idling").flush();
        Runnable tell = () -> tell(open);
        open.folder().onChange(tell);
        tell(open);
        String end = script.hit(ImapFault.BRIEF_IDLE, "") ? "DONE" : line();
        writing.lock();
        try {
            open.folder().forget(tell);
            out.line(command.tag + (end.equalsIgnoreCase("DONE") ? " OK done" : " BAD not DONE"));
        } finally {
            writing.unlock();
        }
    }

    private void tell(ScriptedImapView open) {
        writing.lock();
        try {
            open.news();
            out.flush();
        } catch (IOException gone) {
            over = true;
        } finally {
            writing.unlock();
        }
    }
}

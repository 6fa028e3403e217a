package ekiden.cli;

import ekiden.base.ExitCode;
import ekiden.http.client.ApiClient;
import ekiden.json.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ekiden mail …} on the catalogue of a running process. */
final class MailCommands {
    private static final String QUARANTINE = "/quarantine";
    private static final int MOST = 1_000;
    private static final int USUAL = 20;
    private static final Duration SURVEY = Duration.ofMinutes(3);
    private static final List<String> VERDICTS = List.of(
            "atServer",
            "taken",
            "notWanted",
            "quarantined",
            "readElsewhere",
            "before",
            "waiting",
            "gone",
            "unexplained");
    private static final Opt MAILBOX = Opt.of("--mailbox", "NAME");

    private MailCommands() {}

    static Leaf list() {
        return new Leaf(
                "mail list",
                List.of(),
                List.of(MAILBOX, Opt.of("--state", "STATE"), Opt.LIMIT, Opt.JSON, Opt.HOME),
                (arguments, session) -> {
                    String state = arguments.text("--state");
                    return list(arguments, session, "/mails", state == null ? "" : "&state=" + ApiClient.encode(state));
                });
    }

    static Leaf quarantineList() {
        return new Leaf(
                "mail quarantine list",
                List.of(),
                List.of(MAILBOX, Opt.LIMIT, Opt.JSON, Opt.HOME),
                (arguments, session) -> list(arguments, session, QUARANTINE, ""));
    }

    private static ExitCode list(Arguments arguments, Session session, String path, String more) {
        long limit = arguments.number("--limit", USUAL, 1, MOST);
        String mailbox = arguments.text("--mailbox");
        String query = "?limit=" + limit + more + (mailbox == null ? "" : "&mailbox=" + ApiClient.encode(mailbox));
        List<Data> mails = session.data(session.client().get(path + query)).list("mails");
        if (session.json()) {
            mails.forEach(mail -> session.print(mail.json()));
            return ExitCode.DONE;
        }
        Table table = path.equals(QUARANTINE) ? quarantined(session, mails) : catalogue(session, mails);
        session.print(table, session.word("mail.none"));
        return ExitCode.DONE;
    }

    private static Table catalogue(Session session, List<Data> mails) {
        Table table = new Table()
                .name(session.word("col.mail"))
                .cut(session.word("col.mailbox"))
                .time(session.word("col.received"))
                .whole(session.word("col.state"))
                .cut(session.word("col.from"))
                .cut(session.word("col.subject"));
        for (Data mail : mails) {
            table.row(
                    mail.text("id"),
                    mail.text("mailbox"),
                    session.time(mail.maybe("received")),
                    session.word("mail." + mail.text("state")),
                    from(mail),
                    mail.inner("problem") == null ? mail.text("subject") : problem(mail));
        }
        return table;
    }

    /** All of them have one state, and what matters is why. */
    private static Table quarantined(Session session, List<Data> mails) {
        Table table = new Table()
                .name(session.word("col.mail"))
                .cut(session.word("col.mailbox"))
                .time(session.word("col.received"))
                .cut(session.word("col.from"))
                .cut(session.word("col.problem"));
        for (Data mail : mails) {
            table.row(
                    mail.text("id"),
                    mail.text("mailbox"),
                    session.time(mail.maybe("received")),
                    from(mail),
                    problem(mail));
        }
        return table;
    }

    private static String problem(Data mail) {
        Data problem = mail.inner("problem");
        return problem == null ? "" : problem.text("id") + " " + problem.text("text");
    }

    private static String from(Data mail) {
        List<Data> from = mail.list("from");
        String more = from.size() > 1 ? " +" + (from.size() - 1) : "";
        return from.isEmpty() ? mail.text("sender") : from.getFirst().text("address") + more;
    }

    static Leaf show() {
        return new Leaf(
                "mail show",
                List.of(Param.one("MAIL")),
                List.of(Opt.flag("--raw"), Opt.JSON, Opt.HOME),
                (arguments, session) -> {
                    arguments.notBoth("--raw", "--json");
                    long mail = mail(arguments.wanted(0, "MAIL"));
                    if (arguments.flag("--raw")) {
                        session.good(session.client()
                                .get(
                                        "/mails/" + mail + "/raw",
                                        session.terminal().out()));
                        return ExitCode.DONE;
                    }
                    return show(session, "/mails/" + mail);
                });
    }

    /** Exit 1 where a mail at the server is not explained. */
    static Leaf reconcile() {
        return new Leaf(
                "mail reconcile", List.of(Param.one("PROFILE")), List.of(Opt.JSON, Opt.HOME), (arguments, session) -> {
                    String path = "/profiles/" + ApiClient.encode(arguments.wanted(0, "PROFILE")) + "/reconcile";
                    Data found = session.data(session.client().post(path, Map.of(), SURVEY));
                    boolean good = found.text("unexplained").equals("0");
                    if (session.json()) {
                        session.print(found.json());
                        return good ? ExitCode.DONE : ExitCode.WARNING;
                    }
                    for (Data folder : found.list("folders")) {
                        session.field("field.folder", folder.text("folder") + " (" + folder.text("uidValidity") + ")");
                        for (String verdict : VERDICTS) {
                            session.field("field." + verdict, folder.text(verdict));
                        }
                    }
                    session.print(found.text("unexplained") + " " + session.word("mail.unexplained"));
                    return good ? ExitCode.DONE : ExitCode.WARNING;
                });
    }

    static Leaf why() {
        List<Param> words = List.of(Param.one("MAIL"), Param.maybe("JOB"));
        return new Leaf("mail why", words, List.of(Opt.JSON, Opt.HOME), (arguments, session) -> {
            for (long mail : mails(session, arguments.wanted(0, "MAIL"))) {
                why(session, mail, arguments.word(1));
            }
            return ExitCode.DONE;
        });
    }

    /** A number is the mail of that number; anything with an at sign is a Message-ID, which several mails may have. */
    private static List<Long> mails(Session session, String word) {
        if (word.indexOf('@') < 0) {
            return List.of(mail(word));
        }
        String id = word.startsWith("<") ? word : "<" + word + ">";
        String query = "/mails?limit=" + MOST + "&messageId=" + ApiClient.encode(id);
        List<Long> mails = session.data(session.client().get(query)).list("mails").stream()
                .map(mail -> mail.number("id"))
                .toList();
        if (mails.isEmpty()) {
            throw Failure.of(CliMessage.NO_MESSAGE_ID, "messageId", id);
        }
        return mails;
    }

    private static void why(Session session, long number, @Nullable String job) {
        String query = job == null ? "" : "?job=" + ApiClient.encode(job);
        Data found = session.data(session.client().get("/mails/" + number + "/why" + query));
        if (session.json()) {
            session.print(found.json());
            return;
        }
        Data mail = found.inner("mail");
        if (mail != null) {
            show(session, mail);
        }
        new Verdicts(session).show(found.list("watches"), job == null ? "why.nobody" : "why.no-job");
    }

    static Leaf quarantineShow() {
        return new Leaf(
                "mail quarantine show",
                List.of(Param.one("MAIL")),
                List.of(Opt.JSON, Opt.HOME),
                (arguments, session) -> show(session, "/quarantine/" + mail(arguments.wanted(0, "MAIL"))));
    }

    private static ExitCode show(Session session, String path) {
        Data mail = session.data(session.client().get(path));
        if (session.json()) {
            session.print(mail.json());
            return ExitCode.DONE;
        }
        return show(session, mail);
    }

    private static ExitCode show(Session session, Data mail) {
        session.field("field.mail", mail.text("id"));
        session.field("field.mailbox", mail.text("mailbox"));
        session.field("field.state", session.word("mail." + mail.text("state")));
        session.field("field.received", session.time(mail.maybe("received")));
        session.field("field.from", addresses(mail.list("from")));
        session.field("field.to", addresses(mail.list("to")));
        session.field("field.cc", addresses(mail.list("cc")));
        session.field("field.subject", mail.text("subject"));
        session.field("field.date", session.time(mail.maybe("date")));
        session.field("field.message-id", mail.maybe("messageId"));
        session.field("field.sender", mail.maybe("sender"));
        session.field("field.recipient", mail.maybe("recipient"));
        session.field("field.size", mail.maybe("size"));
        for (Data attachment : mail.list("attachments")) {
            session.field(
                    "field.attachment",
                    attachment.text("name") + " (" + attachment.text("type") + ", " + attachment.text("size") + ")");
        }
        session.field("field.copy-of", mail.maybe("copyOf"));
        ReceiptLines.of(session, mail).forEach(session::print);
        session.field("field.key", mail.text("key"));
        session.field("field.oddities", String.join(", ", mail.texts("oddities")));
        mail.texts("joins").forEach(join -> session.field("field.again", session.time(join)));
        mail.list("claims").forEach(claim -> claim(session, claim));
        Data problem = mail.inner("problem");
        if (problem != null) {
            session.tell(problem);
        }
        return ExitCode.DONE;
    }

    private static String addresses(List<Data> addresses) {
        List<String> shown = new ArrayList<>();
        for (Data address : addresses) {
            String name = address.maybe("name");
            shown.add(name == null ? address.text("address") : name + " <" + address.text("address") + ">");
        }
        return String.join(", ", shown);
    }

    private static void claim(Session session, Data claim) {
        String job = claim.maybe("job");
        session.field("field.taken", claim.text("label") + (job == null ? "" : " " + job));
        Data saved = claim.inner("saved");
        if (saved != null) {
            session.field("field.file", saved.maybe("body"));
            session.field("field.file", saved.maybe("list"));
            saved.list("attachments").forEach(file -> session.field("field.file", file.maybe("path")));
        }
        Data problem = claim.inner("problem");
        if (problem != null) {
            session.tell(problem);
        }
    }

    static Leaf release() {
        return treat("release", "mail.released");
    }

    static Leaf drop() {
        return treat("drop", "mail.dropped");
    }

    private static Leaf treat(String verb, String word) {
        return new Leaf(
                "mail quarantine " + verb,
                List.of(Param.some("MAIL")),
                List.of(Opt.JSON, Opt.HOME),
                (arguments, session) -> {
                    List<Long> mails =
                            arguments.words().stream().map(MailCommands::mail).toList();
                    for (long mail : mails) {
                        session.data(
                                session.client().post("/quarantine/" + mail + "/" + verb, Map.of(), Duration.ZERO));
                        session.print(session.json() ? line(mail, verb) : mail + " " + session.word(word));
                    }
                    return ExitCode.DONE;
                });
    }

    private static String line(long mail, String verb) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("mail", mail);
        line.put("done", verb);
        return Json.write(line);
    }

    private static long mail(String word) {
        return Arguments.number("MAIL", word, 1, Long.MAX_VALUE);
    }
}

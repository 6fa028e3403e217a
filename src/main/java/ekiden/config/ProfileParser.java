package ekiden.config;

import ekiden.base.HostPort;
import ekiden.mail.profile.CharsetRule;
import ekiden.mail.profile.MailProfile;
import ekiden.mail.profile.Receive;
import ekiden.mail.profile.Security;
import ekiden.mail.profile.Send;
import ekiden.mail.profile.SendRules;
import ekiden.mail.profile.Verification;
import ekiden.model.definition.IfRefused;
import ekiden.model.definition.Retention;
import ekiden.model.mail.Address;
import ekiden.yaml.Fields;
import ekiden.yaml.Located;
import ekiden.yaml.YamlFault;
import ekiden.yaml.YamlNode;
import ekiden.yaml.YamlProblems;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One mail profile. Each method gives null where something is wrong, after noting it. */
final class ProfileParser {
    /** The largest mail unless the settings say otherwise: room for an attachment of 1 GB as base64. */
    static final long USUAL_SIZE = 2L * 1024 * 1024 * 1024;

    static final long MOST_SIZE = 64L * 1024 * 1024 * 1024;
    private static final int MOST_NAME = 255;
    private static final HostPort USUAL_LISTEN = new HostPort("127.0.0.1", 2525);
    private static final String LISTEN_FORM = "127.0.0.1:2525 | [::1]:2525 | 2525 | 0";
    /** The form of an address, for people. */
    static final String ADDRESS = "name@example.jp";

    private final YamlProblems problems;

    ProfileParser(YamlProblems problems) {
        this.problems = problems;
    }

    @Nullable
    MailProfile parse(String name, YamlNode node, String where) {
        Fields profile = Fields.of(node, where, SettingsKeys.PROFILE, problems);
        if (profile == null) {
            return null;
        }
        YamlNode receiveNode = profile.node("receive");
        YamlNode sendNode = profile.node("send");
        if (receiveNode == null && sendNode == null) {
            problems.add(SettingsMessage.EMPTY_PROFILE, profile.at(), "where", where, "expected", "receive | send");
            return null;
        }
        Receive receive = receiveNode == null ? null : receive(receiveNode, where + ".receive", sendNode != null);
        String sendWhere = where + ".send";
        Fields sendFields = sendNode == null ? null : Fields.of(sendNode, sendWhere, SettingsKeys.SEND, problems);
        Send send = sendFields == null ? null : send(sendWhere, sendFields);
        return new MailProfile(
                name,
                receive,
                send,
                authserv(profile),
                verification(profile),
                sending(sendFields, receive),
                retention(profile));
    }

    private SendRules sending(@Nullable Fields send, @Nullable Receive receive) {
        return send == null
                ? SendRules.DEFAULT
                : new SendRules(
                        send.choice("if-refused", IfRefused.class, SendRules.DEFAULT.ifRefused()),
                        new SentCopyParser(problems).parse(send, receive));
    }

    private static Verification verification(Fields profile) {
        String key = profile.text("key");
        String password = profile.text("key-password-file");
        if (password != null && key == null) {
            profile.badValue("key-password-file", "key: FILE");
        }
        String server = profile.text("name-server");
        Optional<HostPort> nameServer = server == null
                ? Optional.empty()
                : HostPort.parse(server, "127.0.0.1").filter(one -> one.port() > 0);
        if (server != null && nameServer.isEmpty()) {
            profile.badValue("name-server", "127.0.0.1:53");
        }
        return new Verification(profile.text("trust"), key, password, nameServer.orElse(null));
    }

    /** A name without what would end it in a header field. */
    private static @Nullable String authserv(Fields profile) {
        String name = profile.text("authserv-id");
        boolean right = name == null
                || (!name.isBlank()
                        && name.length() <= MOST_NAME
                        && name.chars().allMatch(c -> c > ' ' && c != 0x7f && ";()\"=".indexOf(c) < 0));
        if (!right) {
            profile.badValue("authserv-id", "mx.example.jp");
        }
        return right ? name : null;
    }

    /** The default of the profile's jobs. */
    private @Nullable Retention retention(Fields profile) {
        YamlNode node = profile.node("retention");
        Fields inner =
                node == null ? null : Fields.of(node, profile.where("retention"), SettingsKeys.RETENTION, problems);
        if (inner == null) {
            return null;
        }
        Retention retention = new Retention(
                inner.duration("age", Retention.LONGEST_AGE),
                inner.node("count") == null ? null : inner.number("count", 1, Retention.MOST_RUNS, 1),
                inner.node("size") == null ? null : inner.size("size", 1, Retention.MOST_BYTES, 1));
        boolean none = inner.node("age") == null && inner.node("count") == null && inner.node("size") == null;
        if (node instanceof YamlNode.Mapping mapping && mapping.entries().isEmpty()) {
            profile.badValue("retention", "{age | count | size}");
        }
        return none ? null : retention;
    }

    private @Nullable Receive receive(YamlNode node, String where, boolean sends) {
        Fields fields = Fields.of(node, where, SettingsKeys.RECEIVE, problems);
        if (fields == null) {
            return null;
        }
        YamlNode smtpd = fields.node("smtpd");
        YamlNode imap = fields.node("imap");
        if ((smtpd == null) == (imap == null)) {
            problems.fault(
                    YamlFault.BAD_VALUE,
                    node.at(),
                    "where",
                    where,
                    "found",
                    "{…}",
                    "expected",
                    "{smtpd: {…}} | {imap: {…}}");
            return null;
        }
        return smtpd == null
                ? new ImapParser(problems).parse(imap == null ? node : imap, where + ".imap", sends)
                : smtpd(smtpd, where + ".smtpd");
    }

    private @Nullable Receive smtpd(YamlNode node, String where) {
        Fields fields = Fields.of(node, where, SettingsKeys.SMTPD, problems);
        if (fields == null) {
            return null;
        }
        String text = fields.text("listen");
        Optional<HostPort> listen =
                text == null ? Optional.of(USUAL_LISTEN) : HostPort.parse(text, USUAL_LISTEN.host());
        if (listen.isEmpty()) {
            fields.badValue("listen", LISTEN_FORM);
        }
        Receive.Protocol protocol = fields.choice("protocol", Receive.Protocol.class, Receive.Protocol.SMTP);
        long size = fields.size("max-size", 1024, MOST_SIZE, USUAL_SIZE);
        YamlNode tlsNode = fields.node("tls");
        Receive.TlsFiles tls = tlsNode == null ? null : tls(tlsNode, fields.where("tls"));
        List<String> recipients = recipients(fields);
        return new Receive.Smtpd(listen.orElse(USUAL_LISTEN), protocol, recipients, size, tls);
    }

    private List<String> recipients(Fields fields) {
        List<Located> recipients = fields.required("recipients") == null ? List.of() : fields.texts("recipients");
        if (fields.node("recipients") instanceof YamlNode.Sequence list
                && list.items().isEmpty()) {
            fields.badValue("recipients", "[" + ADDRESS + "]");
        }
        for (Located recipient : recipients) {
            if (!address(recipient.text())) {
                fields.badItem("recipients", recipient, ADDRESS);
            }
        }
        return recipients.stream().map(Located::text).toList();
    }

    private Receive.@Nullable TlsFiles tls(YamlNode node, String where) {
        Fields fields = Fields.of(node, where, SettingsKeys.TLS, problems);
        if (fields == null) {
            return null;
        }
        String certificate = fields.requiredText("certificate");
        String key = fields.requiredText("key");
        return certificate == null || key == null ? null : new Receive.TlsFiles(certificate, key);
    }

    private @Nullable Send send(String where, Fields fields) {
        String text = fields.requiredText("from");
        Address from = text == null ? null : mailbox(text);
        if (text != null && from == null) {
            fields.badValue("from", ADDRESS + " | NAME <" + ADDRESS + ">");
        }
        CharsetRule charsets = CharsetParser.parse(fields, problems);
        YamlNode smtpNode = fields.node("smtp");
        YamlNode commandNode = fields.node("sendmail");
        if ((smtpNode == null) == (commandNode == null)) {
            problems.fault(
                    YamlFault.BAD_VALUE,
                    fields.at(),
                    "where",
                    where,
                    "found",
                    "{…}",
                    "expected",
                    "{smtp: {…}} | {sendmail: {…}}");
            return null;
        }
        SendParser parser = new SendParser(problems);
        if (smtpNode != null) {
            Fields smtp = Fields.of(smtpNode, where + ".smtp", SettingsKeys.SMTP, problems);
            return smtp == null ? null : parser.parse(smtp, from, charsets);
        }
        Fields command = commandNode == null
                ? null
                : Fields.of(commandNode, where + ".sendmail", SettingsKeys.SENDMAIL, problems);
        return command == null ? null : parser.sendmail(command, from, charsets);
    }

    /** The host with port 0: the port depends on the protection, which depends on the host. */
    static @Nullable HostPort host(Fields fields) {
        String host = fields.requiredText("host");
        if (host == null) {
            return null;
        }
        if (!HostPort.host(host)) {
            fields.badValue("host", "HOST");
            return null;
        }
        return new HostPort(host, 0);
    }

    /** Within the machine nothing needs protection, and test servers have none. */
    static Security security(Fields fields, @Nullable HostPort host, Security usual) {
        boolean here = host != null && host.loopback();
        return fields.choice("tls", Security.class, here ? Security.NONE : usual);
    }

    /** Notes a password that would travel unprotected to another machine. */
    static void clear(Fields fields, @Nullable HostPort host, Security security, YamlProblems problems) {
        if (security == Security.NONE && host != null && !host.loopback()) {
            problems.add(
                    SettingsMessage.CLEAR_PASSWORD,
                    fields.at("tls"),
                    "where",
                    fields.where("tls"),
                    "host",
                    host.host(),
                    "expected",
                    "starttls | implicit");
        }
    }

    private static @Nullable Address mailbox(String text) {
        int open = text.lastIndexOf('<');
        if (open < 0) {
            return address(text) ? new Address(null, text) : null;
        }
        String address = text.strip().endsWith(">")
                ? text.substring(open + 1, text.strip().length() - 1)
                : "";
        String name = text.substring(0, open).strip();
        boolean harmless = name.chars().noneMatch(c -> Character.isISOControl(c) || c == '<' || c == '>');
        if (name.length() > 1 && name.startsWith("\"") && name.endsWith("\"")) {
            name = name.substring(1, name.length() - 1);
        }
        return harmless && address(address) ? new Address(name.isEmpty() ? null : name, address) : null;
    }

    static boolean address(String text) {
        int at = text.lastIndexOf('@');
        return at > 0
                && at < text.length() - 1
                && text.chars()
                        .noneMatch(
                                c -> Character.isWhitespace(c) || Character.isISOControl(c) || "<>,;".indexOf(c) >= 0);
    }
}

package ekiden.config;

import ekiden.base.HostPort;
import ekiden.mail.profile.Authentication;
import ekiden.mail.profile.CharsetRule;
import ekiden.mail.profile.Receive;
import ekiden.mail.profile.Security;
import ekiden.mail.profile.Send;
import ekiden.model.mail.Address;
import ekiden.yaml.Fields;
import ekiden.yaml.Located;
import ekiden.yaml.YamlNode;
import ekiden.yaml.YamlProblems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The sending side of a mail profile. Each method gives null where something is wrong, after noting it. */
final class SendParser {
    private static final int MOST_SERVERS = 10;
    private static final int MOST_CONNECTIONS = 100;
    private static final int MOST_MAILS = 1_000_000;
    private static final Duration LONGEST = Duration.ofDays(1);

    private static final Duration LONGEST_QUEUE = Duration.ofDays(30);

    private final YamlProblems problems;

    SendParser(YamlProblems problems) {
        this.problems = problems;
    }

    @Nullable
    Send parse(Fields smtp, @Nullable Address from, CharsetRule charsets) {
        List<String> hosts = hosts(smtp);
        boolean here = !hosts.isEmpty() && hosts.stream().allMatch(host -> new HostPort(host, 0).loopback());
        Security security = smtp.choice("tls", Security.class, here ? Security.NONE : Security.STARTTLS);
        int usual = switch (security) {
            case IMPLICIT -> 465;
            case STARTTLS -> 587;
            case NONE -> 25;
        };
        int port = smtp.number("port", 1, 65_535, usual);
        Send.Login login = login(smtp);
        if (smtp.node("password") != null || smtp.node("token") != null) {
            hosts.forEach(host -> ProfileParser.clear(smtp, new HostPort(host, 0), security, problems));
        }
        Send.Use use = new Send.Use(
                smtp.number("connections", 1, MOST_CONNECTIONS, Send.Use.DEFAULT.connections()),
                smtp.number("mails-per-connection", 1, MOST_MAILS, Send.Use.DEFAULT.mails()),
                smtp.number("per-minute", 0, MOST_MAILS, Send.Use.DEFAULT.perMinute()));
        Send.Patience patience = patience(smtp);
        Set<Send.Notify> notify = notify(smtp);
        if (hosts.isEmpty() || from == null) {
            return null;
        }
        List<HostPort> servers =
                hosts.stream().map(host -> new HostPort(host, port)).toList();
        return new Send.Smtp(servers, security, smtp.text("ca"), login, from, use, patience, notify, charsets);
    }

    @Nullable
    Send sendmail(Fields command, @Nullable Address from, CharsetRule charsets) {
        String path = command.text("path");
        if (path != null && !(path.startsWith("/") && path.length() > 1)) {
            command.badValue("path", "/usr/sbin/sendmail");
        }
        Send.MailSystem system = command.choice("system", Send.MailSystem.class, Send.MailSystem.AUTO);
        Send.Tag tag = command.choice("tag", Send.Tag.class, Send.Tag.PLUS);
        int atOnce = command.number("at-once", 1, MOST_CONNECTIONS, Send.Sendmail.USUAL_AT_ONCE);
        Duration timeout = ImapParser.span(command, "timeout", LONGEST, Send.Sendmail.USUAL_TIMEOUT);
        Set<Send.Notify> notify = notify(command);
        String log = command.text("log");
        if (log != null && !(log.startsWith("/") && log.length() > 1)) {
            command.badValue("log", "/var/log/mail.log");
        }
        Duration left = ImapParser.span(command, "left-within", LONGEST_QUEUE, Send.Sendmail.USUAL_LEFT_WITHIN);
        return from == null
                ? null
                : new Send.Sendmail(path, system, tag, from, atOnce, timeout, notify, charsets, log, left);
    }

    /** One, or several in order. */
    private static List<String> hosts(Fields smtp) {
        YamlNode node = smtp.required("host");
        if (node == null) {
            return List.of();
        }
        List<String> hosts = new ArrayList<>();
        for (Located host : smtp.texts("host")) {
            if (!HostPort.host(host.text()) || hosts.contains(host.text()) || hosts.size() == MOST_SERVERS) {
                if (node instanceof YamlNode.Sequence) {
                    smtp.badItem("host", host, "HOST");
                } else {
                    smtp.badValue("host", "HOST");
                }
                return List.of();
            }
            hosts.add(host.text());
        }
        if (hosts.isEmpty() && node instanceof YamlNode.Sequence) {
            smtp.badValue("host", "HOST | [HOST, …]");
        }
        return hosts;
    }

    private Send.@Nullable Login login(Fields smtp) {
        boolean none = Stream.of("user", "password", "token", "authentication").allMatch(key -> smtp.node(key) == null);
        if (none) {
            return null;
        }
        String user = smtp.requiredText("user");
        Receive.Key key = new ImapParser(problems).key(smtp);
        Authentication authentication = ImapParser.authentication(smtp, key);
        return user == null || key == null ? null : new Send.Login(user, key, authentication);
    }

    private static Send.Patience patience(Fields smtp) {
        Send.Patience usual = Send.Patience.DEFAULT;
        Send.Patience patience = new Send.Patience(
                ImapParser.span(smtp, "connect-timeout", LONGEST, usual.connect()),
                ImapParser.span(smtp, "reply-timeout", LONGEST, usual.reply()),
                ImapParser.span(smtp, "end-of-data-timeout", LONGEST, usual.endOfData()),
                ImapParser.span(smtp, "send-timeout", LONGEST, usual.whole()));
        if (patience.whole().compareTo(patience.reply()) < 0) {
            smtp.badValue("send-timeout", "≥ reply-timeout");
        }
        return patience;
    }

    private static Set<Send.Notify> notify(Fields smtp) {
        if (smtp.node("notify") == null) {
            return EnumSet.of(Send.Notify.FAILURE, Send.Notify.DELAY);
        }
        Set<Send.Notify> wanted = EnumSet.noneOf(Send.Notify.class);
        for (Located word : smtp.texts("notify")) {
            Send.Notify one = notify(word.text());
            if (one == null) {
                smtp.badItem("notify", word, "failure | delay | success");
            } else {
                wanted.add(one);
            }
        }
        return wanted;
    }

    private static Send.@Nullable Notify notify(String word) {
        for (Send.Notify one : Send.Notify.values()) {
            if (one.name().toLowerCase(Locale.ROOT).equals(word)) {
                return one;
            }
        }
        return null;
    }
}

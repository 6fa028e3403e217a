package ekiden.config;

import ekiden.base.HostPort;
import ekiden.base.Problem;
import ekiden.mail.address.AddressSettings;
import ekiden.mail.profile.MailProfile;
import ekiden.mail.profile.Receive;
import ekiden.yaml.Fields;
import ekiden.yaml.Place;
import ekiden.yaml.YamlFault;
import ekiden.yaml.YamlNode;
import ekiden.yaml.YamlProblems;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The mail section; each profile by itself, so that one that is wrong leaves the others usable. */
final class MailParser {
    static final String NAME_FORM = "A-Z a-z 0-9 - _ .";

    private final String file;
    private final HostPort api;
    private final Map<HostPort, MailProfile> listeners = new HashMap<>();
    private final Map<String, String> recipients = new HashMap<>();
    private final Map<String, MailProfile> profiles = new LinkedHashMap<>();
    private final Map<String, Problem> broken = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<Problem> warnings = new ArrayList<>();
    /** Profiles whose canary another one sends, with the place where that is named. */
    private final Map<MailProfile, Place> senders = new LinkedHashMap<>();

    MailParser(String file, HostPort api) {
        this.file = file;
        this.api = api;
    }

    MailSettings parse(YamlNode node) {
        YamlProblems section = SettingsYaml.problems(file);
        Fields mail = Fields.of(node, "mail", SettingsKeys.MAIL, section);
        YamlNode all = mail == null ? null : mail.node("profiles");
        List<YamlNode.Entry> entries = all == null ? List.of() : Fields.entries(all, "mail.profiles", section);
        AddressSettings addresses = mail == null ? AddressSettings.NONE : new AddressBooksParser(section).parse(mail);
        problems.addAll(section.all());
        entries.forEach(this::profile);
        senders.forEach(this::sender);
        return new MailSettings(profiles, broken, addresses, problems, warnings);
    }

    private void profile(YamlNode.Entry entry) {
        YamlProblems own = SettingsYaml.problems(file);
        String name = entry.key();
        String where = "mail.profiles." + YamlNode.shorten(name);
        if (!name.matches("[\\p{L}\\p{N}._-]{1,64}")) {
            own.fault(
                    YamlFault.BAD_VALUE,
                    entry.at(),
                    "where",
                    "mail.profiles",
                    "found",
                    YamlNode.shorten(name),
                    "expected",
                    NAME_FORM);
        }
        MailProfile profile = new ProfileParser(own).parse(name, entry.value(), where);
        if (profile != null && profile.receive() instanceof Receive.Smtpd smtpd) {
            listener(profile, smtpd, entry, own);
        }
        List<Problem> found = own.all();
        problems.addAll(found);
        if (profile != null && found.isEmpty()) {
            profiles.put(name, profile);
            if (sender(profile) != null) {
                senders.put(profile, place(entry.value(), "receive", "imap", "canary", "send"));
            }
        } else {
            broken.put(name, found.getFirst());
        }
    }

    private static @Nullable String sender(MailProfile profile) {
        Receive.Canary canary = profile.receive() instanceof Receive.Imap imap ? imap.canary() : null;
        return canary == null ? null : canary.send();
    }

    private static Place place(YamlNode node, String... path) {
        YamlNode at = node;
        for (String key : path) {
            for (YamlNode.Entry entry :
                    at instanceof YamlNode.Mapping mapping ? mapping.entries() : List.<YamlNode.Entry>of()) {
                at = entry.key().equals(key) ? entry.value() : at;
            }
        }
        return at.at();
    }

    /** One that is broken at present counts as able to send. */
    private void sender(MailProfile profile, Place at) {
        String sender = Objects.requireNonNull(sender(profile));
        MailProfile other = profiles.get(sender);
        if (broken.containsKey(sender) || (other != null && other.send() != null)) {
            return;
        }
        String able = profiles.values().stream()
                .filter(one -> one.send() != null)
                .map(MailProfile::name)
                .collect(Collectors.joining(" | "));
        YamlProblems own = SettingsYaml.problems(file);
        String where = "mail.profiles." + profile.name() + ".receive.imap.canary.send";
        String expected = able.isEmpty() ? "PROFILE {send: {…}}" : able;
        own.fault(YamlFault.BAD_VALUE, at, "where", where, "found", sender, "expected", expected);
        profiles.remove(profile.name());
        broken.put(profile.name(), own.all().getFirst());
        problems.addAll(own.all());
    }

    /** Profiles may share an address: one listener then knows the recipients of all, and must speak one way to its clients. */
    private void listener(MailProfile profile, Receive.Smtpd smtpd, YamlNode.Entry entry, YamlProblems own) {
        HostPort listen = smtpd.listen();
        String where = "mail.profiles." + profile.name();
        if (listen.port() != 0 && listen.equals(api)) {
            own.add(SettingsMessage.LISTEN_TWICE, entry.at(), "where", where, "found", listen, "first", "listen");
        }
        MailProfile first = listen.port() == 0 ? null : listeners.putIfAbsent(listen, profile);
        if (first != null && first.receive() instanceof Receive.Smtpd other) {
            boolean alike = other.protocol() == smtpd.protocol() && Objects.equals(other.tls(), smtpd.tls());
            if (!alike) {
                own.add(
                        SettingsMessage.LISTEN_TWICE,
                        entry.at(),
                        "where",
                        where,
                        "found",
                        listen,
                        "first",
                        first.name());
            }
        }
        for (String recipient : smtpd.recipients()) {
            String owner = recipients.putIfAbsent(listen + " " + recipient.toLowerCase(Locale.ROOT), profile.name());
            if (owner != null && listen.port() != 0) {
                own.add(
                        SettingsMessage.RECIPIENT_TWICE,
                        entry.at(),
                        "where",
                        where,
                        "found",
                        recipient,
                        "first",
                        owner);
            }
        }
    }
}

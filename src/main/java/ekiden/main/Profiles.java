package ekiden.main;

import ekiden.agent.CanaryOrder;
import ekiden.agent.Senders;
import ekiden.agent.WatchedFolder;
import ekiden.base.Clock;
import ekiden.base.HostPort;
import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.base.Tasks;
import ekiden.config.MailSettings;
import ekiden.config.SecretReader;
import ekiden.config.SettingsMessage;
import ekiden.disk.FileDisk;
import ekiden.mail.address.Recipients;
import ekiden.mail.profile.MailProfile;
import ekiden.mail.profile.Receive;
import ekiden.mail.profile.Send;
import ekiden.mail.profile.SentCopy;
import ekiden.mail.receive.ByteBudget;
import ekiden.mail.receive.CanaryLimits;
import ekiden.mail.receive.CanaryPlan;
import ekiden.mail.receive.ReaderLimits;
import ekiden.mail.receive.ReaderSettings;
import ekiden.mail.receive.imap.ImapMailbox;
import ekiden.mail.receive.smtpd.SmtpdLimits;
import ekiden.mail.receive.smtpd.SmtpdSettings;
import ekiden.mail.receive.smtpd.TlsFiles;
import ekiden.mail.send.MailSender;
import ekiden.mail.send.smtp.SmtpPool;
import ekiden.manager.ProfileRules;
import ekiden.model.definition.AfterReceive;
import ekiden.model.definition.Retention;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns mail profiles of the settings into what receives and sends. Reads the settings anew for each use. */
final class Profiles implements Senders, ProfileRules, AutoCloseable {
    private final Supplier<MailSettings> settings;
    private final Path home;
    private final ImapMailboxes imap;
    private final SmtpPools pools;
    private final SentCopies copies;
    private final MailCommands commands;
    private final Addresses addresses;

    Profiles(Supplier<MailSettings> settings, SecretReader secrets, Path home, Clock clock, Tasks tasks) {
        this.settings = settings;
        this.home = home;
        this.imap = new ImapMailboxes(secrets, home, clock, tasks);
        this.copies = new SentCopies(new FileDisk(), home, clock, imap, tasks);
        this.pools = new SmtpPools(secrets, imap.tokens(), home, clock, tasks);
        this.commands = new MailCommands(clock);
        this.addresses = new Addresses(() -> settings.get().addresses(), secrets, home, clock, tasks);
    }

    @Override
    public Result<Profile> profile(String name) {
        return profile(name, 0);
    }

    /**
     * As {@link #profile(String)}, with another number of connections at the same time.
     *
     * @param name the profile's name
     * @param connections 1 or more, or 0 for as many as it says
     * @return how it sends, or why it cannot
     */
    Result<Profile> profile(String name, int connections) {
        return settings.get().profile(name).then(profile -> sending(profile, connections));
    }

    @Override
    public Recipients recipients() {
        return addresses.recipients();
    }

    /** Nothing where it does not say, or cannot be read at present. */
    @Override
    public Optional<AfterReceive> after(String name) {
        MailProfile profile = settings.get().profiles().get(name);
        return profile != null && profile.receive() instanceof Receive.Imap imap
                ? Optional.ofNullable(imap.after())
                : Optional.empty();
    }

    @Override
    public Optional<Retention> retention(String name) {
        MailProfile profile = settings.get().profiles().get(name);
        return profile == null ? Optional.empty() : Optional.ofNullable(profile.retention());
    }

    /** Whose Authentication-Results are believed of the mails of a profile; nobody's where it does not say, or cannot be read at present. */
    Optional<String> authserv(String name) {
        MailProfile profile = settings.get().profiles().get(name);
        return profile == null ? Optional.empty() : Optional.ofNullable(profile.authserv());
    }

    private Result<Profile> sending(MailProfile profile, int connections) {
        Send send = profile.send();
        if (send == null) {
            return Result.failed(SettingsMessage.CANNOT_SEND, "profile", profile.name());
        }
        Send wanted = connections == 0 ? send : send.with(connections);
        SentCopy copy = profile.sending().copy();
        MailSender sender = copy == null ? sender(wanted) : copies.around(profile.name(), copy, sender(wanted));
        return Result.ok(new Profile(send.from(), sender, send.charsets(), profile.sending()));
    }

    private MailSender sender(Send send) {
        return switch (send) {
            case Send.Smtp smtp -> pool(smtp);
            case Send.Sendmail command -> commands.of(command);
        };
    }

    /** Whether a mail could be submitted now; nothing is sent. {@return what was seen} */
    Result<String> probe(Send send) {
        return switch (send) {
            case Send.Smtp smtp -> pool(smtp).probe();
            case Send.Sendmail command -> commands.of(command).probe();
        };
    }

    /** Whether copies of the mails of a profile could be kept now; none is. {@return where} */
    Result<String> probe(String profile, SentCopy copy) {
        return copies.probe(profile, copy);
    }

    /** The client for one sending side, which keeps its connections for the next mail. */
    private SmtpPool pool(Send.Smtp send) {
        Set<Send> present = settings.get().profiles().values().stream()
                .map(MailProfile::send)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return pools.of(send, present);
    }

    /** Ends the connections that rest, and the others with their mails. */
    @Override
    public void close() {
        pools.close();
        copies.close();
        addresses.close();
    }

    /** Copies of sent mails. */
    SentCopies copies() {
        return copies;
    }

    /** The mailboxes of IMAP profiles. */
    ImapMailboxes imap() {
        return imap;
    }

    /** One listener for each address; profiles that share one share the listener. */
    List<SmtpdSettings> listeners() {
        Map<HostPort, SmtpdSettings> listeners = new LinkedHashMap<>();
        for (MailProfile profile : settings.get().profiles().values()) {
            if (profile.receive() instanceof Receive.Smtpd smtpd) {
                listeners.merge(smtpd.listen(), listener(home, profile.name(), smtpd), Profiles::join);
            }
        }
        return new ArrayList<>(listeners.values());
    }

    /** The mailboxes that lie behind our own listeners. */
    List<String> mailboxes() {
        return settings.get().profiles().values().stream()
                .filter(profile -> profile.receive() instanceof Receive.Smtpd)
                .map(MailProfile::name)
                .toList();
    }

    /** The folders at servers that are watched. */
    List<WatchedFolder> folders() {
        List<WatchedFolder> folders = new ArrayList<>();
        for (MailProfile profile : settings.get().profiles().values()) {
            if (profile.receive() instanceof Receive.Imap imap) {
                for (String folder : imap.folders()) {
                    folders.add(new WatchedFolder(
                            profile.name(),
                            folder,
                            watch(imap),
                            imap,
                            () -> imap().mailbox(imap, folder).then(ImapMailbox::open)));
                }
            }
        }
        return folders;
    }

    /** The mailboxes at servers that want canaries. */
    List<CanaryOrder> canaries() {
        List<CanaryOrder> orders = new ArrayList<>();
        for (MailProfile profile : settings.get().profiles().values()) {
            Receive.Canary canary = profile.receive() instanceof Receive.Imap imap ? imap.canary() : null;
            if (canary != null) {
                String sender = canary.send() == null ? profile.name() : canary.send();
                orders.add(new CanaryOrder(
                        profile.name(),
                        sender,
                        canary.to(),
                        new CanaryPlan(canary.every(), canary.within(), CanaryLimits.DEFAULT)));
            }
        }
        return orders;
    }

    private static ReaderSettings watch(Receive.Imap imap) {
        return new ReaderSettings(
                switch (imap.firstLook()) {
                    case UNREAD -> ReaderSettings.FirstLook.UNREAD;
                    case NOW -> ReaderSettings.FirstLook.NOW;
                    case ALL -> ReaderSettings.FirstLook.ALL;
                },
                switch (imap.attention()) {
                    case NORMAL -> ReaderSettings.Attention.NORMAL;
                    case CLOSE -> ReaderSettings.Attention.CLOSE;
                },
                imap.patience().deadline(),
                imap.policy().grace(),
                imap.maxSize(),
                switch (imap.policy().sameContent()) {
                    case NOTE -> ReaderSettings.SameContent.NOTE;
                    case JOIN -> ReaderSettings.SameContent.JOIN;
                },
                switch (imap.policy().uidValidityChange()) {
                    case REBIND -> ReaderSettings.Renumbered.REBIND;
                    case ASK -> ReaderSettings.Renumbered.ASK;
                },
                ReaderLimits.DEFAULT.withLarge(imap.policy().progressFrom()).withBudget(budget(imap)));
    }

    private static @Nullable ByteBudget budget(Receive.Imap imap) {
        Receive.Budget budget = imap.policy().budget();
        return budget == null ? null : new ByteBudget(imap.server().toString(), budget.bytes(), budget.per());
    }

    /** Names of all profiles, the unreadable ones too. */
    MailSettings all() {
        return settings.get();
    }

    /** The listener of one profile. */
    static SmtpdSettings listener(Path home, String profile, Receive.Smtpd smtpd) {
        Map<String, String> recipients = new LinkedHashMap<>();
        smtpd.recipients().forEach(address -> recipients.put(address, profile));
        HostPort listen = smtpd.listen();
        SmtpdSettings.Protocol protocol = switch (smtpd.protocol()) {
            case SMTP -> SmtpdSettings.Protocol.SMTP;
            case LMTP -> SmtpdSettings.Protocol.LMTP;
        };
        return new SmtpdSettings(
                listen.host(),
                listen.port(),
                protocol,
                "localhost",
                recipients,
                smtpd.maxSize(),
                tls(home, smtpd.tls()),
                SmtpdLimits.DEFAULT);
    }

    private static @Nullable TlsFiles tls(Path home, Receive.@Nullable TlsFiles files) {
        return files == null ? null : new TlsFiles.Pem(home.resolve(files.certificate()), home.resolve(files.key()));
    }

    private static SmtpdSettings join(SmtpdSettings one, SmtpdSettings other) {
        Map<String, String> recipients = new LinkedHashMap<>(one.recipients());
        recipients.putAll(other.recipients());
        return new SmtpdSettings(
                one.host(),
                one.port(),
                one.protocol(),
                one.name(),
                recipients,
                Math.max(one.maxSize(), other.maxSize()),
                one.tls() == null ? other.tls() : one.tls(),
                one.limits());
    }

    /** Why a profile cannot be used at present, or nothing. */
    @Nullable
    Problem broken(String name) {
        return settings.get().profile(name) instanceof Result.Failed<MailProfile>(Problem problem) ? problem : null;
    }
}

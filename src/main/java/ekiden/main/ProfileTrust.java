package ekiden.main;

import ekiden.base.Clock;
import ekiden.base.HostPort;
import ekiden.base.Problem;
import ekiden.base.Reason;
import ekiden.base.Result;
import ekiden.mail.dkim.DkimLimits;
import ekiden.mail.dkim.PatientRecords;
import ekiden.mail.dkim.TxtRecords;
import ekiden.mail.dkim.dns.DnsTxtRecords;
import ekiden.mail.match.Prover;
import ekiden.mail.mime.Message;
import ekiden.mail.mime.MimeMessage;
import ekiden.mail.mime.Opening;
import ekiden.mail.mime.RawSource;
import ekiden.mail.profile.MailProfile;
import ekiden.mail.profile.Verification;
import ekiden.mail.proof.Claim;
import ekiden.mail.proof.MailProver;
import ekiden.mail.proof.MailTrust;
import ekiden.mail.smime.BouncySmime;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Opens and verifies the mails of profiles as the settings say when a mail is read. Files are read again when they change. Profiles that say the same share what
 * they have. Safe from any thread.
 */
final class ProfileTrust implements MailTrust {
    private final Supplier<Map<String, MailProfile>> profiles;
    private final Path home;
    private final Clock clock;
    private final Map<Verification, Means> means = new ConcurrentHashMap<>();
    private final Map<String, TxtRecords> records = new ConcurrentHashMap<>();

    /**
     * @param profiles those of the settings at this moment
     * @param home what paths of files are relative to
     * @param clock tells until when a certificate is good
     */
    ProfileTrust(Supplier<Map<String, MailProfile>> profiles, Path home, Clock clock) {
        this.profiles = profiles;
        this.home = home;
        this.clock = clock;
    }

    @Override
    public Means of(String mailbox) {
        MailProfile profile = profiles.get().get(mailbox);
        Verification wanted = profile == null ? Verification.NONE : profile.verification();
        return means.computeIfAbsent(wanted, OfFiles::new);
    }

    /** The resolver comes with the first mail that needs it: a start does not see it. */
    private TxtRecords records(@Nullable HostPort server) {
        return new TxtRecords() {
            @Override
            public Answer of(String name) {
                return shared().of(name);
            }

            @Override
            public @Nullable Answer known(String name) {
                return shared().known(name);
            }

            private TxtRecords shared() {
                return records.computeIfAbsent(
                        String.valueOf(server), key -> new PatientRecords(asked(server), clock, DkimLimits.DEFAULT));
            }
        };
    }

    private static TxtRecords asked(@Nullable HostPort server) {
        List<InetSocketAddress> servers =
                server == null ? List.of() : List.of(new InetSocketAddress(server.host(), server.port()));
        return new DnsTxtRecords(servers, DkimLimits.DEFAULT.answer());
    }

    private final class OfFiles implements Means {
        private final Verification wanted;
        private List<Object> seen = List.of();
        private @Nullable Opening opening;

        OfFiles(Verification wanted) {
            this.wanted = wanted;
        }

        @Override
        public synchronized Result<Opening> opening() {
            try {
                List<Object> now = new ArrayList<>();
                note(wanted.key(), now);
                note(wanted.keyPassword(), now);
                note(wanted.trust(), now);
                Opening present = opening;
                if (present == null || !now.equals(seen)) {
                    present = Opening.with(new BouncySmime(
                            SmimeFiles.keys(path(wanted.key()), path(wanted.keyPassword()), path(wanted.trust())),
                            clock));
                    opening = present;
                    seen = now;
                }
                return Result.ok(present);
            } catch (SmimeFiles.Unusable unusable) {
                Problem problem = unusable.problem();
                return Result.failed(
                        MimeMessage.KEY_NOT_NOW,
                        "file",
                        problem.values().getOrDefault("file", "?"),
                        "reason",
                        problem.values().getOrDefault("reason", "?"));
            }
        }

        /** By what it is seen that a file was changed. */
        private void note(@Nullable String file, List<Object> now) throws SmimeFiles.Unusable {
            Path path = path(file);
            if (path == null) {
                return;
            }
            try {
                FileTime changed = Files.getLastModifiedTime(path);
                now.add(List.of(changed, Files.size(path)));
            } catch (IOException gone) {
                throw new SmimeFiles.Unusable(path, Reason.of(gone));
            }
        }

        private @Nullable Path path(@Nullable String file) {
            return file == null ? null : home.resolve(file);
        }

        @Override
        public Prover prover(Message message, Instant arrived, Supplier<Result<RawSource>> bytes) {
            return new MailProver(
                    Claim.of(message, arrived, bytes), records(wanted.nameServer()), wanted.trust() != null);
        }
    }
}

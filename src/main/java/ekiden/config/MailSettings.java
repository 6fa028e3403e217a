package ekiden.config;

import ekiden.base.Problem;
import ekiden.base.Result;
import ekiden.mail.address.AddressSettings;
import ekiden.mail.profile.MailProfile;
import ekiden.mail.profile.Receive;
import ekiden.model.definition.AfterReceive;
import ekiden.model.definition.Proof;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The mail section. What is wrong in it stands beside what is right: one bad profile does not take the others with it.
 *
 * @param profiles the readable ones by name
 * @param broken the first problem of each profile that is not readable, by name
 * @param addresses the address books
 * @param problems all that is wrong; empty where the whole section is readable
 * @param warnings what does not keep a profile from being used, or will only when it is used
 */
public record MailSettings(
        Map<String, MailProfile> profiles,
        Map<String, Problem> broken,
        AddressSettings addresses,
        List<Problem> problems,
        List<Problem> warnings) {
    /** No profiles. */
    public static final MailSettings NONE =
            new MailSettings(Map.of(), Map.of(), AddressSettings.NONE, List.of(), List.of());

    /** Copies everything; the order of the file stays. */
    public MailSettings {
        profiles = Collections.unmodifiableMap(new LinkedHashMap<>(profiles));
        broken = Collections.unmodifiableMap(new LinkedHashMap<>(broken));
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }

    static MailSettings unreadable(List<Problem> problems) {
        AddressSettings none = new AddressSettings(null, List.of(), problems.getFirst());
        return new MailSettings(Map.of(), Map.of(), none, problems, List.of());
    }

    /** {@return whether nothing is wrong} */
    public boolean readable() {
        return problems.isEmpty();
    }

    /**
     * @param name a profile's name
     * @return the profile, or why it cannot be used now: it or its section is unreadable, or there is none of that name
     */
    public Result<MailProfile> profile(String name) {
        MailProfile profile = profiles.get(name);
        if (profile != null) {
            return Result.ok(profile);
        }
        Problem own = broken.get(name);
        if (own != null) {
            return Result.failed(own);
        }
        boolean whole = !problems.isEmpty() && profiles.isEmpty() && broken.isEmpty();
        return whole
                ? Result.failed(problems.getFirst())
                : Result.failed(
                        SettingsMessage.UNKNOWN_PROFILE,
                        "profile",
                        name,
                        "expected",
                        String.join(", ", profiles.keySet()));
    }

    /** {@return names of the profiles that receive; those that cannot be read at present count as able to} */
    public Set<String> receiving() {
        return names(profile -> profile.receive() != null);
    }

    /** {@return names of the profiles that send; those that cannot be read at present count as able to} */
    public Set<String> sending() {
        return names(profile -> profile.send() != null);
    }

    /** {@return name of a profile to the folder into which it moves mails, of those that say one} */
    public Map<String, String> moves() {
        Map<String, String> moves = new LinkedHashMap<>();
        for (MailProfile profile : profiles.values()) {
            AfterReceive after = profile.receive() instanceof Receive.Imap imap ? imap.after() : null;
            if (after != null && after.moveTo() != null) {
                moves.put(profile.name(), after.moveTo());
            }
        }
        return moves;
    }

    /** {@return name of a profile to what can be shown of its mails, of those that can be read at present} */
    public Map<String, Set<Proof.Kind>> proofs() {
        Map<String, Set<Proof.Kind>> proofs = new LinkedHashMap<>();
        for (MailProfile profile : profiles.values()) {
            Set<Proof.Kind> able = EnumSet.of(Proof.Kind.DKIM, Proof.Kind.DMARC);
            if (profile.authserv() != null) {
                able.add(Proof.Kind.SPF);
            }
            if (profile.verification().trust() != null) {
                able.add(Proof.Kind.SMIME);
            }
            proofs.put(profile.name(), able);
        }
        return proofs;
    }

    private Set<String> names(Predicate<MailProfile> able) {
        Set<String> names = new TreeSet<>(broken.keySet());
        profiles.values().stream().filter(able).map(MailProfile::name).forEach(names::add);
        return names;
    }
}

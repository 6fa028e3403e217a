package ekiden.testing.sim;

import ekiden.json.Json;
import ekiden.model.mail.CatalogueMail;
import ekiden.model.run.Claim;
import ekiden.model.run.Claim.State;
import ekiden.testing.sim.Observed.ClaimFact;
import ekiden.testing.sim.Observed.MailFact;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks into the files folder: what has its final name is complete, and nothing is there that nobody wanted. */
final class FilesCheck {
    private static final String MANIFEST = "mail.json";

    private final SimWorld world;

    FilesCheck(SimWorld world) {
        this.world = world;
    }

    private void wrong(Violation.Checker checker, String what) {
        world.violate(checker, what);
    }

    /** At any time, also right after a crash. {@return the claims whose folders are there} */
    Set<String> now() {
        Map<Path, Map<String, byte[]>> folders = new LinkedHashMap<>();
        world.disk.files().forEach((path, bytes) -> {
            Path folder = Objects.requireNonNull(path.getParent());
            boolean part = folder.getFileName().toString().startsWith(".ekiden-");
            if (path.startsWith(SimWorld.FILES) && !part) {
                folders.computeIfAbsent(folder, p -> new LinkedHashMap<>())
                        .put(path.getFileName().toString(), bytes);
            }
        });
        Set<String> claims = new LinkedHashSet<>();
        folders.forEach((folder, files) -> complete(folder, files).ifPresent(claims::add));
        return claims;
    }

    private Optional<String> complete(Path folder, Map<String, byte[]> files) {
        byte[] json = files.get(MANIFEST);
        Map<String, Object> manifest = json == null ? null : read(json);
        if (manifest == null) {
            wrong(Violation.Checker.FILES, folder + " has no whole manifest: " + files.keySet());
            return Optional.empty();
        }
        String id = String.valueOf(manifest.get("claim"));
        ClaimFact claim = world.observed.claims.get(id);
        if (claim == null) {
            wrong(Violation.Checker.UNWANTED, folder + " was saved for " + id + ", which nobody committed");
            return Optional.empty();
        }
        MailFact mail =
                Objects.requireNonNull(world.observed.mails.get(claim.claim().mail()));
        world.observed.outside(mail.row).ifPresent(outside -> {
            String text = text(files.get(String.valueOf(manifest.get("body"))));
            List<String> attachments = new ArrayList<>();
            for (Object entry : (List<?>) Objects.requireNonNull(manifest.get("attachments"))) {
                attachments.add(text(files.get(String.valueOf(((Map<?, ?>) entry).get("savedName")))));
            }
            boolean whole = text.stripTrailing().equals(outside.text().stripTrailing())
                    && attachments.equals(outside.attachments())
                    && files.size() == 3 + attachments.size();
            if (!whole) {
                wrong(Violation.Checker.FILES, folder + " is not complete: " + files.keySet());
            }
        });
        return Optional.of(id);
    }

    private static @Nullable Map<String, Object> read(byte[] json) {
        try {
            return Json.readMap(text(json));
        } catch (Json.Unreadable broken) {
            return null;
        }
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "(absent)" : new String(bytes, StandardCharsets.UTF_8);
    }

    /** When all is done: the files of every claim, and of nobody else. */
    void atTheEnd() {
        Set<String> there = now();
        Set<Long> taken = new LinkedHashSet<>();
        for (Claim claim : world.claims()) {
            taken.add(claim.mail());
            if (claim.state() == State.SAVED && !there.contains(claim.id())) {
                wrong(Violation.Checker.FILES, "the files of " + claim.id() + " are gone");
            }
        }
        Map<Path, byte[]> files = world.disk.files();
        for (MailFact mail : world.observed.mails.values()) {
            Optional<SimMail> outside = world.observed.outside(mail.row);
            if (outside.isPresent() && !takenAtAll(outside.get(), taken)) {
                noTrace(outside.get(), files);
            }
        }
    }

    /** One mail for two mailboxes is two mails in the catalogue. */
    private boolean takenAtAll(SimMail outside, Set<Long> taken) {
        return world.observed.mails.values().stream()
                .filter(mail ->
                        world.observed.outside(mail.row).filter(outside::equals).isPresent())
                .map(mail -> mail.row)
                .map(CatalogueMail::id)
                .anyMatch(taken::contains);
    }

    private void noTrace(SimMail outside, Map<Path, byte[]> files) {
        files.forEach((path, bytes) -> {
            if (path.startsWith(SimWorld.FILES) && text(bytes).contains(outside.token())) {
                wrong(Violation.Checker.UNWANTED, path + " holds a mail that nobody took");
            }
        });
    }
}

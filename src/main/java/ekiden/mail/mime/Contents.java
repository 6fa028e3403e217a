package ekiden.mail.mime;

import ekiden.base.Ascii;
import ekiden.model.mail.AttachmentSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Sorts the leaves of a mail into text and attachments, and opens what is to be opened. */
final class Contents {
    private static final String FILE = "application/octet-stream";
    private static final String CALENDAR = "invite.ics";
    private static final String WINMAIL = "winmail.dat";

    private final RawSource raw;
    private final MimeLimits limits;
    private final Opening opening;
    private final Set<MimeMessage> oddities;
    private final BodyText body;
    private final List<Where> html = new ArrayList<>();
    private final List<Part> attachments = new ArrayList<>();
    private final List<Signature> signatures = new ArrayList<>();
    private final @Nullable Smime smime;
    private final SmimeRoom smimeRoom;
    private Around around;
    private boolean plain;
    private int unwrapped;
    /** How many leaves there are beside each other now. */
    private int siblings;

    private Tnef.@Nullable Found winmail;

    /**
     * What the leaves are of that come now.
     *
     * @param place where it is, or null for the mail itself
     * @param header reads its headers
     * @param message whether it is a message that is enclosed: its text is not the mail's
     * @param depth how far inside
     * @param whole whether it is all of the mail
     */
    private record Around(@Nullable Place place, HeaderText header, boolean message, int depth, boolean whole) {}

    /** A leaf and where its bytes are in the mail. */
    record Where(Leaf leaf, Place.Piece place) {}

    Contents(RawSource raw, MimeLimits limits, Opening opening, HeaderText header, Set<MimeMessage> oddities) {
        this.raw = raw;
        this.limits = limits;
        this.opening = opening;
        this.oddities = oddities;
        this.smime = opening.smime() == null ? null : opening.smime().forOneMail();
        this.smimeRoom = new SmimeRoom(opening.limits(), raw.size());
        this.around = new Around(null, header, false, 0, true);
        this.body = new BodyText(raw, limits.textBytes(), oddities);
    }

    /** The text of a mail. */
    record Body(String text, boolean fromHtml) {}

    /** Takes all leaves of a mail, or of what is inside it, and checks what was signed. */
    void add(Structure structure) throws IOException {
        List<Leaf> leaves = structure.leaves();
        int before = siblings;
        siblings = leaves.size();
        for (Structure.SignedPart signed : structure.signed()) {
            if (signed.signature() < leaves.size()) {
                check(signed, leaves.get(signed.signature()), around.whole && coversAll(signed, leaves));
            }
        }
        for (Leaf leaf : leaves) {
            add(leaf);
        }
        siblings = before;
    }

    /** Whether nothing but the signature lies outside of what is signed. */
    private static boolean coversAll(Structure.SignedPart signed, List<Leaf> leaves) {
        long end = signed.offset() + signed.length();
        for (int i = 0; i < leaves.size(); i++) {
            Leaf leaf = leaves.get(i);
            boolean inside = leaf.offset() >= signed.offset() && leaf.offset() + leaf.length() <= end;
            if (i != signed.signature() && !inside) {
                return false;
            }
        }
        return true;
    }

    List<Signature> signatures() {
        return signatures;
    }

    private void check(Structure.SignedPart part, Leaf signature, boolean whole) throws IOException {
        if (smime == null || !signature.content().type().matches("application/(x-)?pkcs7-signature")) {
            return;
        }
        Place content = Place.inside(around.place, part.offset(), part.length(), TransferEncoding.IDENTITY);
        Place place = Place.inside(around.place, signature.offset(), signature.length(), signature.encoding());
        if (smimeRoom.take(signature, part.length())) {
            byte[] signer = Wrapping.bytes(raw, place, (int) signature.size());
            tell(smime.check(() -> content.open(raw), signer), whole);
        } else {
            oddities.add(MimeMessage.TOO_MUCH_WRAPPED);
        }
    }

    private void tell(List<Signature> found, boolean whole) {
        for (Signature one : found) {
            signatures.add(whole ? one.ofWhole() : one);
        }
        for (Signature one : found) {
            if (!one.valid()) {
                oddities.add(MimeMessage.SIGNATURE_NOT_VALID);
            } else if (Boolean.FALSE.equals(one.trusted())) {
                oddities.add(MimeMessage.SIGNER_NOT_TRUSTED);
            }
        }
    }

    private void add(Leaf found) throws IOException {
        Where leaf = new Where(found, Place.inside(around.place, found.offset(), found.length(), found.encoding()));
        String type = found.content().type();
        MimeMessage told = told(type);
        if (told != null) {
            oddities.add(told);
        }
        boolean text = type.equals("text/plain") || type.equals("text/html");
        if (opening.wrappings() && isWinmail(found)) {
            winmail(leaf);
        } else if (smime != null && isSmime(found)) {
            smime(leaf, smime);
        } else if (opening.messages() && type.equals("message/rfc822")) {
            attach(leaf);
            enclosed(Place.holding(leaf.place), leaf.leaf.size(), true);
        } else if (!text || attached(found)) {
            attach(leaf);
        } else if (!around.message) {
            text(leaf);
        }
    }

    private static @Nullable MimeMessage told(String type) {
        return switch (type) {
            case "message/partial" -> MimeMessage.ONE_PIECE_OF_A_MAIL;
            case "application/pgp-encrypted" -> MimeMessage.PGP_ENCRYPTED;
            case "application/pgp-signature" -> MimeMessage.PGP_SIGNED;
            default -> null;
        };
    }

    List<Part> attachments() {
        return attachments;
    }

    /** {@return the text; from HTML where there is no other or the other is blank, out of winmail.dat where that is so too} */
    Body body() throws IOException {
        String text = body.text();
        if (!opening.wrappings() || !text.isBlank()) {
            return new Body(text, false);
        }
        BodyText shown = new BodyText(raw, limits.textBytes(), oddities);
        for (Where leaf : html) {
            shown.html(leaf);
        }
        String made = shown.text();
        if (made.isBlank() && winmail != null) {
            made = shown.ofWinmail(winmail);
        }
        return made.isBlank() && (plain || html.isEmpty()) ? new Body(text, false) : new Body(made, true);
    }

    private void text(Where leaf) throws IOException {
        if (leaf.leaf.content().type().equals("text/html")) {
            html.add(leaf);
            return;
        }
        plain = true;
        if (!opening.wrappings()) {
            body.plain(leaf);
            return;
        }
        Place holding = Place.holding(leaf.place);
        for (UuText.File file : body.opened(leaf, room())) {
            unwrapped++;
            String name = around.header.cut(HeaderText.oneLine(file.name()));
            attach(
                    new AttachmentSummary(name.strip(), FILE, file.size()),
                    Place.inside(holding, file.offset(), file.length(), TransferEncoding.UUENCODE),
                    null);
        }
    }

    /** {@return how many more files may come out of wrappings} */
    private int room() {
        return opening.limits().parts() - unwrapped;
    }

    private boolean isWinmail(Leaf leaf) {
        String type = leaf.content().type();
        return type.equals("application/ms-tnef")
                || type.equals("application/vnd.ms-tnef")
                || (!type.startsWith("text/") && name(leaf).equalsIgnoreCase(WINMAIL));
    }

    /** What is damaged, or holds more than is taken out, stays beside what was found in it. */
    private void winmail(Where leaf) throws IOException {
        Tnef.Found found = Tnef.open(leaf.place, leaf.leaf.size(), raw, room());
        if (!found.whole()) {
            oddities.add(MimeMessage.WINMAIL_BROKEN);
        }
        if (found.tooMany()) {
            oddities.add(MimeMessage.TOO_MUCH_WRAPPED);
        }
        if (!found.whole() || found.tooMany()) {
            attach(leaf);
        }
        for (Tnef.File file : found.files()) {
            unwrapped++;
            attach(new AttachmentSummary(around.header.cut(file.name()), file.type(), file.size()), file.place(), null);
        }
        if (winmail == null && !around.message) {
            winmail = found;
        }
    }

    private boolean isSmime(Leaf leaf) {
        String type = leaf.content().type();
        boolean unnamed = type.equals("application/octet-stream") && name(leaf).equalsIgnoreCase("smime.p7m");
        return unnamed || type.equals("application/pkcs7-mime") || type.equals("application/x-pkcs7-mime");
    }

    /** What is in a wrapping of S/MIME takes its place. */
    private void smime(Where leaf, Smime smime) throws IOException {
        if (around.depth >= opening.limits().depth() || !smimeRoom.take(leaf.leaf, 0)) {
            oddities.add(MimeMessage.TOO_MUCH_WRAPPED);
            attach(leaf);
            return;
        }
        Wrapping wrapping = new Wrapping(leaf.place, (int) leaf.leaf.size(), smime);
        long size = -1;
        switch (wrapping.open(raw)) {
            case Smime.Opened.Inside inside -> {
                tell(inside.signatures(), around.whole && siblings == 1);
                size = inside.bytes().length;
            }
            case Smime.Opened.Locked ignored -> oddities.add(MimeMessage.SMIME_LOCKED);
            case Smime.Opened.Unknown ignored -> oddities.add(MimeMessage.SMIME_BROKEN);
        }
        // nothing that was wrapped is a variable here: it would stay in memory while the wrappings inside are opened
        if (size < 0 || !enclosed(new Place.Unwrapped(wrapping), size, around.message)) {
            attach(leaf);
        }
    }

    /** {@return whether what is inside could be opened} */
    private boolean enclosed(Place place, long size, boolean message) throws IOException {
        Around before = around;
        Around inner = new Around(
                place,
                new HeaderText(limits),
                message,
                before.depth + 1,
                before.whole && siblings == 1 && place instanceof Place.Unwrapped);
        Structure found = inner.depth > opening.limits().depth() ? null : structure(inner, size);
        if (found == null || found.leaves().size() > room()) {
            oddities.add(MimeMessage.TOO_MUCH_WRAPPED);
            return false;
        }
        unwrapped += found.leaves().size();
        around = inner;
        add(found);
        around = before;
        oddities.addAll(inner.header.oddities());
        return true;
    }

    /** {@return the structure of what is inside, or null where it is beyond a limit} */
    private @Nullable Structure structure(Around inner, long size) throws IOException {
        Place place = Objects.requireNonNull(inner.place);
        if (!EnclosedSource.direct(place) && size > opening.limits().encodedBytes()) {
            return null;
        }
        try (EnclosedSource source = new EnclosedSource(raw, place, size)) {
            Structure structure = new Structure(source, limits, inner.header);
            structure.read();
            oddities.addAll(structure.oddities());
            return structure;
        } catch (TooMuch beyond) {
            return null;
        }
    }

    private boolean attached(Leaf leaf) {
        return Ascii.lower(around.header.ascii(leaf.header(), "content-disposition"))
                .startsWith("attachment");
    }

    private void attach(Where leaf) throws IOException {
        String type = leaf.leaf.content().type();
        String name = name(leaf.leaf);
        if (name.isEmpty() && type.equals("text/calendar") && opening.wrappings()) {
            name = CALENDAR;
        }
        attach(
                new AttachmentSummary(name, type, leaf.leaf.size()),
                leaf.place,
                leaf.leaf.content().charset());
    }

    private void attach(AttachmentSummary summary, Place.Piece place, @Nullable String charset) throws IOException {
        if (Locked.is(place, raw)) {
            oddities.add(MimeMessage.PASSWORD_NEEDED);
        }
        attachments.add(new Part(summary, place, charset));
    }

    private String name(Leaf leaf) {
        String disposition = around.header.raw(leaf.header(), "content-disposition");
        String name = disposition == null
                ? null
                : Parameters.parse(disposition, around.header).get("filename");
        return (name == null ? leaf.content().parameters().getOr("name", "") : name).strip();
    }
}

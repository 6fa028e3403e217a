package ekiden.testing.corpus;

import ekiden.json.Json;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Date;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Reads mails with Angus, as well as it can be asked to, and prints one line of JSON for each. */
public final class AngusReader {
    private final StringBuilder text = new StringBuilder();
    private final List<Map<String, Object>> attachments = new ArrayList<>();
    private boolean plain;

    private AngusReader() {}

    /** @param args files */
    public static void main(String[] args) throws IOException {
        for (String setting :
                new String[] {"mail.mime.decodefilename", "mail.mime.decodeparameters", "mail.mime.allowutf8"}) {
            System.setProperty(setting, "true");
        }
        for (String setting :
                new String[] {"mail.mime.decodetext.strict", "mail.mime.base64.ignoreerrors", "mail.mime.address.strict"
                }) {
            System.setProperty(setting, setting.endsWith("errors") ? "true" : "false");
        }
        Session session = Session.getInstance(new Properties());
        for (String file : args) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("file", Path.of(file).getFileName().toString());
            try (InputStream in = Files.newInputStream(Path.of(file))) {
                new AngusReader().read(new MimeMessage(session, in), line);
            } catch (MessagingException | IOException | RuntimeException failure) {
                line.put("error", failure.toString());
            }
            System.out.println(Json.write(line));
        }
    }

    private void read(MimeMessage mail, Map<String, Object> line) throws MessagingException, IOException {
        Address[] from = mail.getFrom();
        if (from != null && from.length > 0 && from[0] instanceof InternetAddress author) {
            line.put("from", orEmpty(author.getPersonal()));
            line.put("address", author.getAddress());
        }
        line.put("subject", orEmpty(mail.getSubject()));
        Date date = mail.getSentDate();
        if (date != null) {
            line.put("date", Math.floorDiv(date.getTime(), 1000));
        }
        part(mail);
        line.put("text", text.toString().replace("\r\n", "\n"));
        line.put("plain", plain);
        line.put("attachments", attachments);
    }

    private static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }

    private void part(Part part) throws MessagingException, IOException {
        Object content = null;
        if (part.isMimeType("multipart/*") && part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                part(parts.getBodyPart(i));
            }
            return;
        }
        boolean attached = Part.ATTACHMENT.equalsIgnoreCase(part.getDisposition());
        if (part.isMimeType("text/plain") && !attached) {
            content = part.getContent();
            plain = true;
            text.append(content instanceof String words ? words : "");
            return;
        }
        String name = orEmpty(part.getFileName());
        attachments.add(Map.of(
                "name", MimeUtility.decodeText(name),
                "sha256", sha256(part),
                "message", part.isMimeType("message/*"),
                "body", part.isMimeType("text/html") && !attached));
    }

    private static String sha256(Part part) throws MessagingException, IOException {
        try (InputStream in = part.getInputStream()) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(in.readAllBytes()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}

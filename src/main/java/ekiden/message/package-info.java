/**
 * The message catalogue in English and Japanese, and the integrated trace log.
 *
 * <p>Texts stand in {@code ekiden/message/AREA_en.properties} and {@code _ja}; an area is loaded when one of its messages
 * is first shown, so that a command that says nothing loads nothing. Values are cleaned and cut before they reach a screen or a
 * log. Never decides anything, never shows mail text (problems carry none), never makes a caller fail or wait.
 */
@NullMarked
package ekiden.message;

import org.jspecify.annotations.NullMarked;

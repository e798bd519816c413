/**
 * Publishes a file as events for {@code kombo replay} and {@code kombo try}: sends its rows at some speed, waits until
 * the service has processed them, and counts from the topics what became of every row. The files are read by {@code
 * data}.
 */
package dev.kombo.shop.replay;

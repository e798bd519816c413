/** The commands of the lab, and the embedded installation that they start. */
package dev.kombo.lab.command;

// Package frames turns an article whose words are resolved into claims.
//
// A frame says which words tell of one kind of act, and where in the sentence
// those stand who take part in it. Frames are data: the files in data/, whose
// format data/README.txt explains. [Claims] matches them against every sentence,
// reads how the text stands to each match (denied, planned, said by whom), and
// returns a graph.Extraction with evidence, confidence and the rule behind every
// claim. What a group does is also claimed of its side.
//
// Results depend on the article alone, come in the order of the text, and are
// the same on every run. The package knows nothing of files or stores.
package frames

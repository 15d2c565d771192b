#pragma once

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

// A scenario is a text an officer can read. One line says one thing; what follows '#' is for the reader.
//
//   today 2023-09-01
//   commune-1: submit tea gives void opinion_missing     an act; without "gives" it is expected to be effective
//   district: return tea for registration_form gives void lost_race against commune-1
//   commune-1 goes offline                               its acts wait at its desk, made from what it saw last
//   commune-1 comes back                                 they are logged now, and judged as their lines say
//   tea is received at district                          what everybody sees
//   tea holds 3 stars until 2026-09-20
//   tea holds 3 stars revoked
//   there are 23 expired certificates                    also: renewed, abandoned (by the subjects' answers), revoked
//   administrator: create new-commune-1 in province from 2025-07-01 with the code of commune-1
//   administrator: dissolve commune-1 on 2025-06-30 into new-commune-1       also "into parts of A, B", or into nobody
//   new-commune-1 gets an officer
//   province publishes ocop-148-2023+1489-2025           dossiers are opened under it from here on
//   tea is held by new-commune-1                         who acts next, as lists say
//   tea is undetermined between A, B                     in the queue of those that nobody holds, or nobody decides on
//   tea is undetermined because nobody_decides
//   tea is certified in commune-1                        what its certificate prints
//   by the units of 2025-06-30 district has 2 certified products
namespace hoso::tests {

using Words = std::vector<std::string>;

struct Line {
    std::string text;
    std::size_t number = 0;
    std::string who;  // empty: not an act
    Words words;
    std::string outcome = "effective";  // "void lost_race"
    std::string against;                // whose act stands in the way; empty: not asked
};

inline Words split(const std::string& text) {
    std::istringstream in{text};
    Words words;
    for (std::string word; in >> word;) {
        if (word.back() == ',') word.pop_back();
        words.push_back(word);
    }
    return words;
}

// Cuts `text` at the first `mark`; answers what stood behind it.
inline std::string cut(std::string& text, const std::string& mark) {
    const auto at = text.find(mark);
    if (at == std::string::npos) return {};
    std::string behind = text.substr(at + mark.size());
    text.resize(at);
    return behind;
}

inline Line read_line(std::string text, std::size_t number) {
    Line line;
    line.text = text;
    line.number = number;
    cut(text, "#");
    std::string outcome = cut(text, " gives ");
    line.against = [&] {
        const Words named = split(cut(outcome, " against "));
        return named.empty() ? std::string{} : named.front();
    }();
    if (const Words said = split(outcome); !said.empty()) {
        line.outcome = said.front();
        for (std::size_t i = 1; i < said.size(); ++i) line.outcome += " " + said[i];
    }
    const auto colon = text.find(": ");
    if (colon != std::string::npos) {
        line.who = split(text.substr(0, colon)).at(0);
        text = text.substr(colon + 2);
    }
    line.words = split(text);
    return line;
}

inline std::vector<Line> read_script(const std::string& file) {
    std::ifstream in{file};
    std::vector<Line> lines;
    std::size_t number = 0;
    for (std::string text; std::getline(in, text);) {
        Line line = read_line(text, ++number);
        if (!line.words.empty()) lines.push_back(std::move(line));
    }
    return lines;
}

inline bool has(const Words& words, const std::string& word) { return std::find(words.begin(), words.end(), word) != words.end(); }

// The word before or after another one: "65 points", "issued 2019-12-30". Empty if there is none.
inline std::string before(const Words& words, const std::string& word) {
    const auto at = std::find(words.begin(), words.end(), word);
    return at == words.end() || at == words.begin() ? std::string{} : *std::prev(at);
}
inline std::string after(const Words& words, const std::string& word) {
    const auto at = std::find(words.begin(), words.end(), word);
    return at == words.end() || std::next(at) == words.end() ? std::string{} : *std::next(at);
}

}  // namespace hoso::tests

#pragma once

#include <concepts>
#include <cstdint>
#include <limits>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "shared/base/date.hpp"
#include "shared/base/result.hpp"

// What can be said on the command line. A command is a row of a table; parse.cpp alone knows the parser's library.
namespace hoso::client::cli {

enum class Kind {
    text,
    list,  // may be given several times
    flag,
    number,  // not negative
    date,    // YYYY-MM-DD
    points,  // 88,5 or 88.5
    yes_no,
    file,  // made absolute before it is handed to a daemon
    files,
};

// A name in capitals is a place on the line, any other an option with two dashes.
struct Option {
    const char* name;
    Kind kind;
    bool required;
    const char* help;
};

// The values of one command, checked against their kinds.
class Arguments {
public:
    void set(const std::string& name, std::vector<std::string> values) { values_[name] = std::move(values); }
    const std::map<std::string, std::vector<std::string>>& all() const { return values_; }

    bool has(std::string_view name) const { return values_.contains(std::string(name)); }
    bool flag(std::string_view name) const { return has(name); }
    std::string text(std::string_view name, std::string_view otherwise = {}) const;
    std::vector<std::string> list(std::string_view name) const;
    // A name or number that lists hold in a cell: line ends become blanks. Errc::limit for more than an import reads of a cell.
    Result<std::string> line(std::string_view name) const;
    std::uint64_t number(std::string_view name, std::uint64_t otherwise = 0) const;
    // For a field of that width. Errc::invalid for what does not fit: it would be recorded as another number.
    template <std::unsigned_integral Field>
    Result<Field> number_as(std::string_view name) const {
        const auto fits = number_up_to(name, std::numeric_limits<Field>::max());
        if (!fits) return fits.error();
        return static_cast<Field>(*fits);
    }
    Result<std::uint64_t> number_up_to(std::string_view name, std::uint64_t most, std::uint64_t otherwise = 0) const;
    Date date(std::string_view name, Date otherwise) const;
    std::uint32_t points(std::string_view name) const;  // hundredths
    bool yes(std::string_view name) const;

private:
    std::map<std::string, std::vector<std::string>> values_;
};

// What is wrong with a value of that kind, in English and in Vietnamese; null: nothing.
const char* fault_of(Kind kind, std::string_view value);
const char* fault_in_vietnamese(Kind kind);

// Hundredths of "88,5"; empty unless it is a number with at most two decimals.
std::optional<std::uint32_t> points_from_text(std::string_view text);
std::optional<std::uint64_t> number_from_text(std::string_view text);

struct Session;       // a command on an open desk
struct Surroundings;  // a command without one
using RunOnDesk = Result<int> (*)(Session&, const Arguments&);
using RunFree = Result<int> (*)(Surroundings&, const Arguments&);

struct Verb {
    const char* noun;
    const char* verb;  // empty: the noun alone is the command
    const char* help;
    const char* examples;  // a line each, without the program's name
    std::vector<Option> options;
    RunOnDesk on_desk = nullptr;  // exactly one of the two
    RunFree free = nullptr;
    bool reads_input = false;  // with FILE "-"
};

// Every command, in the order of the help.
const std::vector<Verb>& verbs();

}  // namespace hoso::client::cli

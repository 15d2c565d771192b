#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <filesystem>
#include <initializer_list>
#include <optional>
#include <ostream>
#include <set>
#include <span>
#include <string>

#include "client/cli/sheet_file.hpp"
#include "client/text/language.hpp"
#include "shared/base/result.hpp"

namespace hoso::client::cli {

namespace json = boost::json;

// What every list of a training log says below its rows.
inline constexpr const char* training_mark = "TRAINING / TẬP HUẤN";

// Hears what commands say, instead of a stream: for programs that show it in their own way.
class Listener {
public:
    virtual ~Listener() = default;
    virtual void object(const json::object& result) = 0;
    // A list, or a piece of one. Columns are for a screen, or for a file.
    virtual void rows(const json::array& rows, std::vector<std::string> columns, std::vector<std::string> in_files) = 0;
    virtual void said(const std::string& text) = 0;
    virtual void failed(const Error& error) = 0;
};

// A list as people see it. Notes say what is illustrative in it, and that the log is for training.
Sheet sheet_of(Language language, std::span<const json::object> rows, const std::vector<std::string>& columns, bool training);

// What a command says: results on stdout, as JSON lines or for people; progress and faults on stderr. On a training log everything
// is marked so, and borrowed sheets are named wherever points or stars show.
class Output {
public:
    Output(std::ostream& out, std::ostream& err, bool as_json, bool quiet, Language language)
        : out_(out), err_(err), json_(as_json), quiet_(quiet), language_(language) {}

    void tell(Listener& listener) { listener_ = &listener; }  // who hears everything from now on

    void mark_training(bool training);
    Language language() const { return language_; }
    const char* pick(const char* vi, const char* en) const { return client::pick(language_, vi, en); }

    // Lists go to these files as well, where they are named.
    void also_write(std::filesystem::path csv, std::filesystem::path xlsx) { csv_ = std::move(csv), xlsx_ = std::move(xlsx); }
    // Writes what was listed, a list that came in pieces as one. Errc::invalid where no list came, and what writing a file meets.
    Result<void> write_files() const;

    void object(const json::object& result);  // one result
    // A list; columns are for people, on a screen or in a file. A file has room for more.
    void rows(const json::array& list, std::initializer_list<const char*> columns) { rows(list, columns, columns); }
    void rows(const json::array& list, std::initializer_list<const char*> columns, std::initializer_list<const char*> in_files);
    void progress(const std::string& text);  // one line on stderr, unless quiet
    void say(const std::string& text) { progress(text); }
    int fail(const Error& error);  // the exit code
    bool gone();                   // nobody reads this any more

private:
    void line(const json::object& row);
    void people(const json::object& result, int indent);
    void note(std::string_view text);
    void note_illustrative(const json::object& result);
    void flush_notes();
    void keep_for_files(const json::array& rows, std::initializer_list<const char*> columns);

    std::ostream& out_;
    std::ostream& err_;
    bool json_;
    bool quiet_;
    bool training_ = false;
    Listener* listener_ = nullptr;
    Language language_;
    std::set<std::string, std::less<>> notes_;
    std::filesystem::path csv_;
    std::filesystem::path xlsx_;
    std::optional<Sheet> listed_;  // for the files
    std::set<std::string> sheet_notes_;
};

}  // namespace hoso::client::cli

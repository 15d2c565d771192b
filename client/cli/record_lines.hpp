#pragma once

#include <istream>
#include <map>
#include <string>
#include <vector>

#include "client/cli/session.hpp"
#include "client/json/action_json.hpp"

namespace hoso::client::cli {

struct RecordLine {
    std::size_t number = 0;  // in the file, from 1
    Proposal proposal;
    bool force = false;
};

// Reads {"stream": hex|"registry"|"new"|"$name", "body": {...}, "as": account, "force": bool} lines. "$name" is a fresh id where it
// is met first, in a stream or in a body, and the same one from there on.
class RecordLines final : public Shorthand {
public:
    RecordLines(Session& session, const AccountId& actor) : session_(session), actor_(actor) {}

    Result<RecordLine> read(std::size_t number, std::string_view line);  // the detail names the line
    const std::map<std::string, std::string, std::less<>>& names() const { return names_; }

    Result<std::string> named(std::string_view name) override;
    Result<std::string> looked_up(std::string_view what, std::string_view text) override;

private:
    Result<RecordLine> read_object(const json::object& object);
    Result<StreamId> stream_of(const json::object& object);

    Session& session_;
    AccountId actor_;
    ActionJson actions_;
    std::map<std::string, std::string, std::less<>> names_;
};

}  // namespace hoso::client::cli

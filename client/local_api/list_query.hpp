#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <map>
#include <set>

#include "client/cli/sheet_file.hpp"
#include "client/local_api/http.hpp"
#include "client/text/language.hpp"
#include "shared/domain/registry.hpp"

namespace hoso::client::local_api {

inline constexpr std::size_t list_limit = 50;  // rows of a page, unless asked for others
inline constexpr std::size_t list_limit_max = 1000;

// What of a list is asked for: the same in every address.
struct ListQuery {
    std::string q;                                                      // folded
    std::map<std::string, std::set<std::string>, std::less<>> filters;  // by column: any of these
    std::string sort;
    bool descending = false;
    std::size_t limit = list_limit;
    std::size_t page = 1;
    std::vector<std::string> facets;  // columns whose values are to be counted
    std::string format;               // "csv", "xlsx"; empty: JSON
};
inline constexpr std::string_view list_names[] = {"q", "sort", "limit", "page", "facets", "format", "lang", "at", "dry_run"};

Result<ListQuery> list_query(const Request& request);  // Errc::invalid

// Takes a command's list as it comes, in pieces, and keeps what is asked for.
class ListTaker {
public:
    ListTaker(const ListQuery& query, Language language) : query_(query), language_(language) {}

    void take(const boost::json::array& rows, std::vector<std::string> columns, std::vector<std::string> in_files);
    bool took() const { return took_; }
    // The page that was asked for, with its numbers: rows, columns, total, page, pages, facets.
    void finish(boost::json::object& answer);
    cli::Sheet sheet(const domain::Registry& registry, bool training);  // all of the list in words, for a file

private:
    bool wanted(const boost::json::object& row) const;
    void count(const boost::json::object& row);
    void order();

    const ListQuery& query_;
    Language language_;
    bool took_ = false;
    std::vector<std::string> columns_;
    std::vector<std::string> in_files_;
    std::vector<boost::json::object> rows_;
    std::map<std::string, std::map<std::string, std::size_t>> counts_;
};

std::string plain_text(const boost::json::value& value);  // as a filter names it
// A text that an answer holds under a key as people read it: in the program's words, or a regulation's.
std::string in_words(Language language, const domain::Registry& registry, std::string_view key, const boost::json::value& text);

}  // namespace hoso::client::local_api

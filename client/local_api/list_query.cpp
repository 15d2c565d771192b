#include "client/local_api/list_query.hpp"

#include <algorithm>
#include <boost/json/serialize.hpp>

#include "client/cli/grammar.hpp"
#include "client/cli/labels.hpp"
#include "client/cli/output.hpp"
#include "client/text/unicode.hpp"
#include "client/views/rule_words.hpp"

namespace hoso::client::local_api {
namespace {

namespace json = boost::json;

constexpr std::size_t facet_values_max = 200;

const json::value* cell(const json::object& row, std::string_view column) { return row.if_contains(column); }

// Of a column that shows points as text, the hundredths that stand beside it.
const json::value* to_sort_by(const json::object& row, const std::string& column) {
    const json::value* exact = row.if_contains(column + "_centi");
    return exact ? exact : cell(row, column);
}

std::optional<std::int64_t> whole(const json::value* value) {
    if (value && value->is_int64()) return value->get_int64();
    if (value && value->is_uint64()) return static_cast<std::int64_t>(value->get_uint64());
    return std::nullopt;
}

// Nothing comes last, numbers by their size, texts as people look for them.
struct SortKey {
    bool none = true;
    std::optional<std::int64_t> number;
    std::string text;
    bool operator<(const SortKey& other) const {
        if (none != other.none) return other.none;
        if (number && other.number) return *number < *other.number;
        return text < other.text;
    }
};

}  // namespace

std::string plain_text(const json::value& value) {
    if (value.is_string()) return std::string(value.get_string());
    if (value.is_null()) return {};
    return json::serialize(value);
}

Result<ListQuery> list_query(const Request& request) {
    ListQuery query;
    query.q = folded(request.value("q"));
    query.sort = request.value("sort");
    if (query.sort.starts_with('-')) {
        query.descending = true;
        query.sort.erase(0, 1);
    }
    const auto number = [&](const char* name, std::size_t most, std::size_t& to) {
        if (!request.asked(name)) return true;
        const auto value = cli::number_from_text(request.value(name));
        if (!value || *value == 0 || *value > most) return false;
        to = *value;
        return true;
    };
    if (!number("limit", list_limit_max, query.limit)) return Error{Errc::invalid, "limit is a number from 1 to 1000."};
    if (!number("page", 1'000'000, query.page)) return Error{Errc::invalid, "page is a number from 1 on."};
    query.format = request.value("format");
    if (!query.format.empty() && query.format != "csv" && query.format != "xlsx" && query.format != "json")
        return Error{Errc::invalid, "format is json, csv or xlsx."};
    if (query.format == "json") query.format.clear();
    std::string names = request.value("facets");
    while (!names.empty()) {
        const auto end = std::min(names.find(','), names.size());
        if (end > 0) query.facets.push_back(names.substr(0, end));
        names.erase(0, end + 1);
    }
    for (const auto& [name, text] : request.query) {
        if (name.starts_with("filter.")) query.filters[name.substr(7)].insert(nfc(text));
    }
    return query;
}

bool ListTaker::wanted(const json::object& row) const {
    for (const auto& [column, values] : query_.filters) {
        const json::value* value = cell(row, column);
        if (!values.contains(value ? plain_text(*value) : std::string{})) return false;
    }
    if (query_.q.empty()) return true;
    std::string all;
    for (const auto& member : row) {
        const std::string_view key(member.key().data(), member.key().size());
        all += (all.empty() ? "" : " ") + cli::shown(language_, key, member.value());
    }
    return folded(all).find(query_.q) != std::string::npos;
}

void ListTaker::count(const json::object& row) {
    for (const std::string& column : query_.facets) {
        const json::value* value = cell(row, column);
        auto& counts = counts_[column];
        const std::string text = value ? plain_text(*value) : std::string{};
        if (counts.size() < facet_values_max || counts.contains(text)) ++counts[text];
    }
}

void ListTaker::take(const json::array& rows, std::vector<std::string> columns, std::vector<std::string> in_files) {
    took_ = true;
    columns_ = std::move(columns);
    in_files_ = std::move(in_files);
    for (const json::value& each : rows) {
        const json::object& row = each.get_object();
        count(row);
        if (wanted(row)) rows_.emplace_back(row, json::storage_ptr{});
    }
}

void ListTaker::order() {
    if (query_.sort.empty()) return;
    std::vector<std::pair<SortKey, std::size_t>> keys(rows_.size());
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        const json::value* value = to_sort_by(rows_[i], query_.sort);
        SortKey& key = keys[i].first;
        keys[i].second = i;
        key.none = !value || value->is_null();
        key.number = whole(value);
        if (!key.none && !key.number) key.text = folded(cli::shown(language_, query_.sort, *value));
    }
    std::stable_sort(keys.begin(), keys.end(), [&](const auto& one, const auto& other) {
        if (one.first.none != other.first.none) return other.first.none;
        return query_.descending ? other.first < one.first : one.first < other.first;
    });
    std::vector<json::object> sorted;
    sorted.reserve(rows_.size());
    for (const auto& [key, at] : keys) sorted.push_back(std::move(rows_[at]));
    rows_ = std::move(sorted);
}

void ListTaker::finish(json::object& answer) {
    order();
    const std::size_t pages = std::max<std::size_t>((rows_.size() + query_.limit - 1) / query_.limit, 1);
    const std::size_t shown = std::min(query_.page, pages);  // a list that has become shorter shows its last page
    const std::size_t from = (shown - 1) * query_.limit;
    const std::size_t to = std::min(from + query_.limit, rows_.size());
    json::array page;
    page.reserve(to - from);
    for (std::size_t i = from; i < to; ++i) page.push_back(std::move(rows_[i]));
    answer["total"] = rows_.size();
    answer["page"] = shown;
    answer["pages"] = pages;
    json::array columns;
    for (const std::string& column : columns_) columns.push_back(json::string(column));
    answer["columns"] = std::move(columns);
    if (!query_.facets.empty()) {
        json::object facets;
        for (const auto& [column, counts] : counts_) {
            json::array values;
            for (const auto& [text, number] : counts) values.push_back(json::object{{"value", text}, {"count", number}});
            facets[column] = std::move(values);
        }
        answer["facets"] = std::move(facets);
    }
    answer["rows"] = std::move(page);
}

std::string in_words(Language language, const domain::Registry& registry, std::string_view key, const json::value& text) {
    const std::string_view plain(text.get_string());
    const std::string shown = cli::shown(language, key, text);
    return shown == plain ? views::rule_word(language, registry, key, plain) : shown;
}

cli::Sheet ListTaker::sheet(const domain::Registry& registry, bool training) {
    order();
    for (json::object& row : rows_) {
        for (const std::string& column : in_files_) {
            json::value* value = row.if_contains(column);
            if (value && value->is_string() && cli::shown(language_, column, *value) == std::string_view(value->get_string()))
                *value = in_words(language_, registry, column, *value);
        }
    }
    return cli::sheet_of(language_, rows_, in_files_, training);
}

}  // namespace hoso::client::local_api

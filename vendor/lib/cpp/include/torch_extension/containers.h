// Dictionaries and c10::List at the C ABI. Apart from checks.h, since their headers cost time that few packages need
// to spend.
#pragma once

#include <ATen/core/Dict.h>
#include <ATen/core/List.h>
#include <torch_extension/checks.h>

#include <algorithm>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace tx {
namespace detail {

template <class K, class V>
struct undefined_in_entries {
  template <class Entries>
  static bool in(const Entries& dictionary, std::string& place) {
    for (const auto& entry : dictionary) {
      if (undefined<V>::in(value_of(entry), place)) return true;
    }
    return false;
  }

 private:
  template <class Entry>
  static auto value_of(const Entry& entry) -> decltype(entry.value()) {
    return entry.value();
  }
  static const V& value_of(const std::pair<const K, V>& entry) { return entry.second; }
};

template <class K, class V>
struct undefined<std::map<K, V>> : undefined_in_entries<K, V> {};
template <class K, class V>
struct undefined<std::unordered_map<K, V>> : undefined_in_entries<K, V> {};
template <class K, class V>
struct undefined<c10::Dict<K, V>> : undefined_in_entries<K, V> {};

template <class T>
struct undefined<c10::List<T>> {
  static bool in(const c10::List<T>& values, std::string& place) {
    for (size_t i = 0; i < values.size(); ++i) {
      if (!undefined<T>::in(values.get(i), place)) continue;
      place.insert(0, index_place(i));
      return true;
    }
    return false;
  }
};

/// In place of what was there. Values need no constructor without arguments, and no assignment.
template <class Dictionary, class K, class V>
void insert(Dictionary& dictionary, const K& key, const V& value) {
  dictionary.erase(key);
  dictionary.emplace(key, value);
}
template <class K, class V>
void insert(c10::Dict<K, V>& dictionary, const K& key, const V& value) {
  dictionary.insert_or_assign(key, value);
}

}  // namespace detail

/// A dictionary's entries: in the order that it keeps, those of an unordered one sorted by key.
template <class K, class V>
entries<K, V> entries_of(const std::map<K, V>& dictionary) {
  return {dictionary.begin(), dictionary.end()};
}

template <class K, class V>
entries<K, V> entries_of(const std::unordered_map<K, V>& dictionary) {
  entries<K, V> sorted(dictionary.begin(), dictionary.end());
  std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  return sorted;
}

template <class K, class V>
entries<K, V> entries_of(const c10::Dict<K, V>& dictionary) {
  entries<K, V> ordered;
  ordered.reserve(dictionary.size());
  for (const auto& entry : dictionary) ordered.emplace_back(entry.key(), entry.value());
  return ordered;
}

/// The dictionary of entries; of two with one key, the last.
template <class Dictionary, class K, class V>
Dictionary dictionary_of(const entries<K, V>& ordered) {
  Dictionary dictionary;
  for (const auto& entry : ordered) detail::insert(dictionary, entry.first, entry.second);
  return dictionary;
}

namespace checked {

template <class T>
T at_index(const c10::List<T>& list, std::int64_t index) {
  return list.get(static_cast<size_t>(index));
}

}  // namespace checked
}  // namespace tx
